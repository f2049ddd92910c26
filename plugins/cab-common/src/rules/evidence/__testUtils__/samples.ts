import type { EvidenceTools } from '../read';

export const bytes = (text: string) => new TextEncoder().encode(text);
export const jsonBytes = (value: unknown) => bytes(JSON.stringify(value));

/** Nobody has a schema or a key. */
export const TOOLS: EvidenceTools = {
  cyclonedx: () => undefined,
  signedBy: () => null,
};

export const junit = (cases: string, attributes = '') =>
  bytes(
    `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites><testsuite name="s" ${attributes}>${cases}</testsuite></testsuites>`,
  );

export const PASSED = '<testcase classname="shop" name="adds"/>';
export const FAILED =
  '<testcase classname="shop" name="pays"><failure message="no">x</failure></testcase>';
export const SKIPPED = '<testcase name="later"><skipped/></testcase>';

const result = (more: object = {}) => ({
  ruleId: 'R1',
  message: { text: 'Found' },
  ...more,
});

export const sarif = (run: object = {}, document: object = {}) => ({
  version: '2.1.0',
  runs: [
    {
      tool: { driver: { name: 'Trivy' } },
      invocations: [
        { executionSuccessful: true, endTimeUtc: '2026-11-01T10:00:00Z' },
      ],
      results: [],
      ...run,
    },
  ],
  ...document,
});

/** One result of a rule with this severity. */
export const finding = (severity: string, id = 'CVE-2026-1') => ({
  tool: {
    driver: {
      name: 'Trivy',
      rules: [{ id, properties: { 'security-severity': severity } }],
    },
  },
  results: [result({ ruleId: id, ruleIndex: 0 })],
});

export { result };

export const bom = (more: object = {}) => ({
  bomFormat: 'CycloneDX',
  specVersion: '1.6',
  version: 1,
  metadata: {
    component: {
      type: 'container',
      name: 'shop',
      version: '1.2.3',
      'bom-ref': 'root',
      hashes: [{ alg: 'SHA-256', content: 'a'.repeat(64) }],
    },
  },
  components: [
    { type: 'library', name: 'left', version: '1', 'bom-ref': 'left' },
  ],
  ...more,
});

export const spdx = (more: object = {}) => ({
  spdxVersion: 'SPDX-2.3',
  dataLicense: 'CC0-1.0',
  SPDXID: 'SPDXRef-DOCUMENT',
  name: 'shop',
  documentNamespace: 'https://example.com/shop',
  creationInfo: { created: '2026-11-01T10:00:00Z', creators: ['Tool: syft'] },
  documentDescribes: ['SPDXRef-root'],
  packages: [
    {
      SPDXID: 'SPDXRef-root',
      name: 'shop',
      downloadLocation: 'NOASSERTION',
      checksums: [{ algorithm: 'SHA256', checksumValue: 'A'.repeat(64) }],
    },
    { SPDXID: 'SPDXRef-left', name: 'left', downloadLocation: 'NOASSERTION' },
  ],
  ...more,
});

export const statement = (more: object = {}) => ({
  _type: 'https://in-toto.io/Statement/v1',
  subject: [{ name: 'shop', digest: { sha256: 'a'.repeat(64) } }],
  predicateType: 'https://slsa.dev/provenance/v1',
  predicate: {
    buildDefinition: {
      resolvedDependencies: [
        {
          uri: 'git+https://git.example/shop',
          digest: { gitCommit: 'c'.repeat(40) },
        },
      ],
    },
    runDetails: { builder: { id: 'https://ci.example/builder' } },
  },
  ...more,
});

export const envelope = (value: unknown = statement(), more: object = {}) => ({
  payloadType: 'application/vnd.in-toto+json',
  payload: btoa(typeof value === 'string' ? value : JSON.stringify(value)),
  signatures: [{ keyid: 'k', sig: btoa('signature') }],
  ...more,
});

export const rollbackPlan = (more: object = {}) => ({
  strategy: 'automated',
  steps: ['Switch the flag off'],
  owner: 'user:default/ada',
  irreversible: false,
  pipeline: 'rollback-shop',
  ...more,
});

export const rolloutPlan = (more: object = {}) => ({
  stages: [{ name: 'all' }],
  success: ['No errors for ten minutes'],
  owner: 'user:default/ada',
  ...more,
});
