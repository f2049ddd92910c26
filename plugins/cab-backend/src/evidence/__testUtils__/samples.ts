/** A report of tests that passed, and how many of them did not. */
export const junit = (cases = 3, failed = 0, name = 's') =>
  `<testsuite name="${name}">${Array.from(
    { length: cases },
    (_, at) =>
      `<testcase name="t${at}">${at < failed ? '<failure/>' : ''}</testcase>`,
  ).join('')}</testsuite>`;

/** A scan that found one thing of this severity, or nothing. */
export const sarif = (severity?: string, run: object = {}) =>
  JSON.stringify({
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: 'Trivy',
            rules: [
              { id: 'CVE-1', properties: { 'security-severity': severity } },
            ],
          },
        },
        invocations: [
          {
            executionSuccessful: true,
            endTimeUtc: new Date(Date.now() - 60_000).toISOString(),
          },
        ],
        results: severity
          ? [{ ruleId: 'CVE-1', ruleIndex: 0, message: { text: 'Old' } }]
          : [],
        ...run,
      },
    ],
  });

export const rollbackPlan = (more: object = {}) =>
  JSON.stringify({
    strategy: 'automated',
    steps: ['Switch the flag off'],
    owner: 'user:default/ada',
    irreversible: false,
    pipeline: 'rollback-shop',
    ...more,
  });

/** An SBOM with this many components. */
export const cyclonedx = (components: number, more: object = {}) =>
  JSON.stringify({
    bomFormat: 'CycloneDX',
    specVersion: '1.6',
    version: 1,
    metadata: {
      component: {
        type: 'application',
        name: 'shop',
        version: '1.0.0',
        'bom-ref': 'root',
      },
    },
    components: Array.from({ length: components }, (_, at) => ({
      type: 'library',
      name: `library-${at}`,
      version: '1.2.3',
      'bom-ref': `pkg:npm/library-${at}@1.2.3`,
      purl: `pkg:npm/library-${at}@1.2.3`,
      licenses: [{ license: { id: 'Apache-2.0' } }],
      hashes: [{ alg: 'SHA-256', content: String(at).padStart(64, '0') }],
    })),
    ...more,
  });
