import { leastCpuTimeOf } from '@internal/hostile-text';
import fc from 'fast-check';
import type { EvidenceKind } from '../../contract';
import { EvidenceFault } from './fault';
import { readEvidence } from './read';
import {
  bom,
  bytes,
  envelope,
  FAILED,
  finding,
  jsonBytes,
  junit,
  PASSED,
  result,
  rollbackPlan,
  rolloutPlan,
  sarif,
  SKIPPED,
  spdx,
  statement,
  TOOLS,
} from './__testUtils__/samples';

const read = (kind: EvidenceKind, given: Uint8Array) =>
  readEvidence(kind, given, TOOLS);

/** The code of the refusal, or what was read where nothing was refused. */
function refused(kind: EvidenceKind, given: Uint8Array): unknown {
  try {
    return read(kind, given);
  } catch (error) {
    if (error instanceof EvidenceFault) return error.code;
    throw error;
  }
}

const utf16 = (text: string) => {
  const buffer = Buffer.from(`\uFEFF${text}`, 'utf16le');
  return new Uint8Array(buffer);
};

describe('JUnit', () => {
  it('counts cases, whatever the report declares', () => {
    expect(
      read('tests', junit(PASSED + PASSED + FAILED + SKIPPED, 'tests="99"')),
    ).toEqual({
      kind: 'tests',
      cases: 4,
      failed: 1,
      skipped: 1,
      failures: ['shop pays'],
      flaky: [],
    });
  });

  it.each([
    [
      'an error is a failure',
      '<testcase name="a"><error/></testcase>',
      { cases: 1, failed: 1 },
    ],
    [
      'what failed and was skipped failed',
      '<testcase name="a"><skipped/><failure/></testcase>',
      { failed: 1, skipped: 0 },
    ],
    [
      'what passed when it ran again passed, and is listed',
      '<testcase name="a"><flakyFailure/></testcase>',
      { failed: 0, flaky: ['a'] },
    ],
    [
      'what failed when it ran again failed',
      '<testcase name="a"><failure/><rerunFailure/></testcase>',
      { failed: 1, flaky: [] },
    ],
    [
      'a suite that broke down before its cases failed',
      `<error message="no setup"/>${PASSED}`,
      { cases: 2, failed: 1, failures: ['no setup'] },
    ],
    [
      'what a case printed is no failure of it',
      '<testcase name="a"><system-out><failure/></system-out></testcase>',
      { failed: 0 },
    ],
    [
      'suites may be nested, and text may hold anything',
      `<testsuite><testsuite>${PASSED}<system-out><![CDATA[<!DOCTYPE html>]]></system-out></testsuite></testsuite>`,
      { cases: 1 },
    ],
  ])('%s', (_, cases, expected) => {
    expect(read('tests', junit(cases))).toMatchObject(expected);
  });

  const text = `<testsuite>${PASSED.replace('adds', 'zählt')}</testsuite>`;
  it.each([
    ['UTF-8', bytes(text)],
    ['UTF-16', utf16(text)],
    [
      'ISO-8859-1',
      new Uint8Array(
        Buffer.from(
          `<?xml version="1.0" encoding="ISO-8859-1"?>${text}`,
          'latin1',
        ),
      ),
    ],
  ])('is read in %s', (_, given) => {
    expect(read('tests', given)).toMatchObject({ cases: 1 });
  });

  const declared = (encoding: string, rest = text) =>
    bytes(`<?xml version="1.0" encoding="${encoding}"?>${rest}`);
  it.each([
    ['nothing', bytes(''), 'EVIDENCE_MALFORMED'],
    ['no case', junit(''), 'EVIDENCE_EMPTY'],
    ['nothing but skipped ones', junit(SKIPPED), 'EVIDENCE_EMPTY'],
    ['another root', bytes('<html/>'), 'EVIDENCE_VERSION'],
    ['JSON', bytes('{}'), 'EVIDENCE_MALFORMED'],
    [
      'a report that ends too early',
      bytes(text.slice(0, -3)),
      'EVIDENCE_MALFORMED',
    ],
    ['two roots', bytes(text + text), 'EVIDENCE_MALFORMED'],
    [
      'an undefined entity',
      junit('<testcase name="&x;"/>'),
      'EVIDENCE_MALFORMED',
    ],
    [
      'an attribute twice',
      junit('<testcase name="a" name="b"/>'),
      'EVIDENCE_MALFORMED',
    ],
    ['a mark of UTF-8', bytes(`\uFEFF${text}`), 'EVIDENCE_ENCODING'],
    ['another encoding', declared('windows-1252'), 'EVIDENCE_ENCODING'],
    ['a wrong encoding', declared('us-ascii'), 'EVIDENCE_ENCODING'],
    [
      'bytes of no encoding',
      new Uint8Array([0x3c, 0xff, 0x3e]),
      'EVIDENCE_ENCODING',
    ],
    [
      'a case within a case',
      junit('<testcase name="a"><testcase name="b"/></testcase>'),
      'EVIDENCE_MALFORMED',
    ],
    [
      'what is too deep',
      junit('<testsuite>'.repeat(70) + PASSED + '</testsuite>'.repeat(70)),
      'EVIDENCE_MALFORMED',
    ],
  ])('refuses %s', (_, given, code) => {
    expect(refused('tests', given)).toBe(code);
  });

  it('counts what any report holds, and refuses every beginning of it', () => {
    const cases = fc.array(fc.constantFrom(PASSED, FAILED, SKIPPED), {
      minLength: 1,
      maxLength: 8,
    });
    fc.assert(
      fc.property(cases, fc.nat(), (list, cut) => {
        const all = [PASSED, ...list];
        const whole = junit(all.join(''));
        expect(read('tests', whole)).toMatchObject({
          cases: all.length,
          failed: all.filter(each => each === FAILED).length,
          skipped: all.filter(each => each === SKIPPED).length,
        });
        const part = whole.slice(0, cut % whole.length);
        expect(['EVIDENCE_MALFORMED', 'EVIDENCE_EMPTY']).toContain(
          refused('tests', part),
        );
      }),
      { numRuns: 60 },
    );
  });
});

describe('bombs are refused before they go off', () => {
  const lol = Array.from(
    { length: 20 },
    (_, at) => `<!ENTITY l${at + 1} "${`&l${at};`.repeat(10)}">`,
  ).join('');
  const nested = (open: string, close: string) =>
    open.repeat(100_000) + close.repeat(100_000);
  it.each<[string, EvidenceKind, Uint8Array, string]>([
    [
      'entities within entities',
      'tests',
      bytes(
        `<!DOCTYPE x [<!ENTITY l0 "lol">${lol}]><testsuite>&l20;</testsuite>`,
      ),
      'EVIDENCE_MALFORMED',
    ],
    [
      'files from elsewhere',
      'tests',
      bytes(
        '<?xml version="1.0"?><!-- x --><!DOCTYPE x [<!ENTITY f SYSTEM "file:///etc/passwd">]><testsuite>&f;</testsuite>',
      ),
      'EVIDENCE_MALFORMED',
    ],
    [
      'a DOCTYPE without end',
      'tests',
      bytes(`<!DOCTYPE x [${'a'.repeat(20_000_000)}`),
      'EVIDENCE_MALFORMED',
    ],
    [
      'a deep XML',
      'tests',
      bytes(nested('<testsuite>', '</testsuite>')),
      'EVIDENCE_MALFORMED',
    ],
    ['a deep JSON', 'scan', bytes(nested('[', ']')), 'EVIDENCE_MALFORMED'],
    [
      'a key twice',
      'scan',
      bytes('{"version":"2.1.0","runs":[],"runs":[1]}'),
      'EVIDENCE_MALFORMED',
    ],
    [
      'a key twice, spelled otherwise',
      'scan',
      bytes('{"runs":[],"r\\u0075ns":[1]}'),
      'EVIDENCE_MALFORMED',
    ],
    [
      'a mark',
      'sbom',
      bytes(`\uFEFF${JSON.stringify(bom())}`),
      'EVIDENCE_ENCODING',
    ],
    [
      'UTF-16 as JSON',
      'sbom',
      utf16(JSON.stringify(bom())),
      'EVIDENCE_ENCODING',
    ],
    [
      'half of a surrogate pair',
      'sbom',
      bytes('{"a":"\\ud800"}'),
      'EVIDENCE_MALFORMED',
    ],
    ['a number beyond all', 'sbom', bytes('{"a":1e999}'), 'EVIDENCE_MALFORMED'],
  ])('%s', (_, kind, given, code) => {
    const refuse = () => expect(refused(kind, given)).toBe(code);
    expect(leastCpuTimeOf(refuse, 100)).toBeLessThan(100);
  });
});

describe('SARIF', () => {
  const scan = (run?: object, document?: object) =>
    read('scan', jsonBytes(sarif(run, document)));

  it('reads a scan that found nothing', () => {
    expect(scan()).toEqual({
      kind: 'scan',
      tools: ['Trivy'],
      worst: 'none',
      findings: [],
      beyond: null,
      suppressed: 0,
      invoked: true,
      endedAt: '2026-11-01T10:00:00.000Z',
    });
  });

  it.each([
    ['9.0', 'critical'],
    ['8.9', 'high'],
    ['7', 'high'],
    ['6.9', 'medium'],
    ['3.9', 'low'],
    ['0.1', 'low'],
    ['0.0', 'none'],
    ['high', 'unknown'],
    ['11', 'unknown'],
    ['-1', 'unknown'],
  ])('a severity of %s is %s', (severity, expected) => {
    expect(scan(finding(severity))).toMatchObject({ worst: expected });
  });

  it.each<[string, object, string]>([
    ['no level is a warning', {}, 'medium'],
    ['an error', { level: 'error' }, 'high'],
    ['a note', { level: 'note' }, 'low'],
    ['a pass', { kind: 'pass', level: 'error' }, 'none'],
    ['what is gone', { baselineState: 'absent', level: 'error' }, 'none'],
    [
      'what somebody accepted',
      { level: 'error', suppressions: [{ status: 'accepted' }] },
      'none',
    ],
    [
      'what the source suppresses by itself',
      { level: 'error', suppressions: [{ kind: 'inSource' }] },
      'high',
    ],
    [
      'what only some accepted',
      {
        level: 'error',
        suppressions: [{ status: 'accepted' }, { status: 'underReview' }],
      },
      'high',
    ],
    [
      'an empty list of suppressions',
      { level: 'error', suppressions: [] },
      'high',
    ],
  ])('%s', (_, more, expected) => {
    expect(scan({ results: [result(more)] })).toMatchObject({
      worst: expected,
    });
  });

  it('takes the level of the rule, also of an extension', () => {
    const rules = [{ id: 'R1', defaultConfiguration: { level: 'error' } }];
    expect(
      scan({ tool: { driver: { name: 'x', rules } }, results: [result()] }),
    ).toMatchObject({ worst: 'high' });
    expect(
      scan({
        tool: { driver: { name: 'x' }, extensions: [{ name: 'y', rules }] },
        results: [result({ rule: { index: 0, toolComponent: { index: 0 } } })],
      }),
    ).toMatchObject({ worst: 'high' });
  });

  it('lists what was found by rule, the worst of each, and what is too many as a severity', () => {
    const many = Array.from({ length: 501 }, (_, at) =>
      result({ ruleId: `R${at}`, level: at === 500 ? 'error' : 'note' }),
    );
    const read501 = scan({ results: [...many, result({ ruleId: 'R0' })] });
    expect(read501).toMatchObject({ worst: 'high', beyond: 'high' });
    expect((read501 as { findings: unknown[] }).findings).toHaveLength(500);
    expect((read501 as { findings: unknown[] }).findings[0]).toMatchObject({
      id: 'R0',
      count: 2,
      severity: 'medium',
    });
  });

  it('is as old as the oldest run, and does not guess', () => {
    const [run] = sarif().runs;
    const older = {
      ...run,
      invocations: [
        { executionSuccessful: true, endTimeUtc: '2026-10-01T10:00:00Z' },
      ],
    };
    expect(scan({}, { runs: [run, older] })).toMatchObject({
      endedAt: '2026-10-01T10:00:00.000Z',
    });
    expect(
      scan({}, { runs: [run, { ...run, invocations: undefined }] }),
    ).toMatchObject({ endedAt: null, invoked: false });
  });

  it.each<[string, unknown, string]>([
    [
      'one that failed',
      sarif({ invocations: [{ executionSuccessful: false }] }),
      'EVIDENCE_NOT_RUN',
    ],
    [
      'one that failed once of twice',
      sarif({
        invocations: [
          { executionSuccessful: true },
          { executionSuccessful: false },
        ],
      }),
      'EVIDENCE_NOT_RUN',
    ],
    [
      'one that looked for nothing',
      sarif({ results: null }),
      'EVIDENCE_NOT_RUN',
    ],
    [
      'one that says nothing of results',
      sarif({ results: undefined }),
      'EVIDENCE_NOT_RUN',
    ],
    ['one without a run', sarif({}, { runs: [] }), 'EVIDENCE_EMPTY'],
    ['an older version', sarif({}, { version: '2.0.0' }), 'EVIDENCE_VERSION'],
    ['another document', { hello: 1 }, 'EVIDENCE_SCHEMA'],
    ['results that are no list', sarif({ results: {} }), 'EVIDENCE_SCHEMA'],
    [
      'a level nobody knows',
      sarif({ results: [result({ level: 'fatal' })] }),
      'EVIDENCE_SCHEMA',
    ],
    [
      'an invocation that does not say how it ended',
      sarif({ invocations: [{}] }),
      'EVIDENCE_SCHEMA',
    ],
  ])('refuses %s', (_, document, code) => {
    expect(refused('scan', jsonBytes(document))).toBe(code);
  });
});

describe('SBOM', () => {
  it('CycloneDX: reads what is listed, nested or not, and what it is of', () => {
    const nested = bom({
      components: [{ name: 'a', 'bom-ref': 'a', components: [{ name: 'b' }] }],
      services: [{ name: 'c', services: [{ name: 'd' }] }],
    });
    expect(read('sbom', jsonBytes(nested))).toEqual({
      kind: 'sbom',
      format: 'CycloneDX 1.6',
      components: 4,
      root: {
        name: 'shop',
        version: '1.2.3',
        digests: [`sha256:${'a'.repeat(64)}`],
        purl: null,
      },
    });
  });

  it('SPDX: reads packages, and what it is of', () => {
    expect(read('sbom', jsonBytes(spdx()))).toMatchObject({
      format: 'SPDX 2.3',
      components: 1,
      root: { name: 'shop', digests: [`sha256:${'a'.repeat(64)}`] },
    });
    expect(
      read('sbom', jsonBytes(spdx({ documentDescribes: [] }))),
    ).toMatchObject({ components: 2, root: null });
  });

  it.each<[string, unknown, string]>([
    ['a version nobody knows', bom({ specVersion: '1.1' }), 'EVIDENCE_VERSION'],
    ['a version to come', bom({ specVersion: '2.0' }), 'EVIDENCE_VERSION'],
    ['an empty one', bom({ components: [] }), 'EVIDENCE_EMPTY'],
    [
      'the same ref twice',
      bom({ components: [{ name: 'a', 'bom-ref': 'root' }] }),
      'EVIDENCE_SCHEMA',
    ],
    [
      'the same ref within',
      bom({
        components: [
          {
            name: 'a',
            'bom-ref': 'x',
            components: [{ name: 'b', 'bom-ref': 'x' }],
          },
        ],
      }),
      'EVIDENCE_SCHEMA',
    ],
    ['another document', { hello: 1 }, 'EVIDENCE_SCHEMA'],
    ['no object', [], 'EVIDENCE_SCHEMA'],
    ['SPDX 9.9', spdx({ spdxVersion: 'SPDX-9.9' }), 'EVIDENCE_VERSION'],
    ['SPDX without packages', spdx({ packages: [] }), 'EVIDENCE_EMPTY'],
    [
      'SPDX of nothing but itself',
      spdx({ packages: spdx().packages.slice(0, 1) }),
      'EVIDENCE_EMPTY',
    ],
    [
      'SPDX with an id twice',
      spdx({ packages: [spdx().packages[1], spdx().packages[1]] }),
      'EVIDENCE_SCHEMA',
    ],
    [
      'SPDX with another id',
      spdx({ packages: [{ ...spdx().packages[0], SPDXID: 'left' }] }),
      'EVIDENCE_SCHEMA',
    ],
    [
      'SPDX of no time',
      spdx({ creationInfo: { created: 'today', creators: ['x'] } }),
      'EVIDENCE_SCHEMA',
    ],
  ])('refuses %s', (_, document, code) => {
    expect(refused('sbom', jsonBytes(document))).toBe(code);
  });

  it('refuses what does not fit the schema of its version, and asks for that one', () => {
    const asked: string[] = [];
    const tools = {
      ...TOOLS,
      cyclonedx: (version: string) => {
        asked.push(version);
        return 'components.0 must have a name';
      },
    };
    expect(() =>
      readEvidence('sbom', jsonBytes(bom({ specVersion: '1.4' })), tools),
    ).toThrow(/EVIDENCE_SCHEMA: components.0 must have a name/);
    expect(asked).toEqual(['1.4']);
  });
});

describe('VEX', () => {
  const vex = (analysis: object | undefined, id?: string) =>
    bom({ components: [], vulnerabilities: [{ id, analysis }] });
  it.each<[object | undefined, boolean]>([
    [{ state: 'not_affected', justification: 'code_not_reachable' }, true],
    [{ state: 'not_affected' }, false],
    [{ state: 'false_positive', detail: 'Another library' }, true],
    [{ state: 'false_positive', detail: ' ' }, false],
    [{ state: 'resolved', detail: 'Patched' }, true],
    [{ state: 'exploitable', detail: 'Yes' }, false],
    [{ state: 'in_triage' }, false],
    [undefined, false],
  ])('%j drops the finding: %s', (analysis, drops) => {
    expect(read('vex', jsonBytes(vex(analysis, 'CVE-1')))).toMatchObject({
      statements: [{ id: 'CVE-1', drops }],
    });
  });

  it('drops nothing without a name, and is refused without a word', () => {
    const told = { state: 'resolved', detail: 'x' };
    expect(read('vex', jsonBytes(vex(told)))).toMatchObject({
      statements: [{ drops: false }],
    });
    expect(refused('vex', jsonBytes(bom()))).toBe('EVIDENCE_EMPTY');
  });
});

describe('provenance', () => {
  it('reads who built what from what', () => {
    expect(read('provenance', jsonBytes(envelope()))).toEqual({
      kind: 'provenance',
      predicateType: 'https://slsa.dev/provenance/v1',
      builder: 'https://ci.example/builder',
      subjects: [`sha256:${'a'.repeat(64)}`],
      sources: [
        { uri: 'git+https://git.example/shop', commit: 'c'.repeat(40) },
      ],
      signedBy: null,
    });
    const older = statement({
      _type: 'https://in-toto.io/Statement/v0.1',
      predicateType: 'https://slsa.dev/provenance/v0.2',
      predicate: {
        builder: { id: 'b' },
        materials: [{ uri: 'git+x', digest: { sha1: 'd'.repeat(40) } }],
      },
    });
    expect(read('provenance', jsonBytes(envelope(older)))).toMatchObject({
      builder: 'b',
      sources: [{ uri: 'git+x', commit: 'd'.repeat(40) }],
    });
    const bundle = { mediaType: 'x', dsseEnvelope: envelope() };
    expect(read('provenance', jsonBytes(bundle))).toMatchObject({
      builder: 'https://ci.example/builder',
    });
  });

  it.each<[string, unknown, string]>([
    ['no envelope', statement(), 'EVIDENCE_SCHEMA'],
    [
      'one without a signature',
      envelope(undefined, { signatures: [] }),
      'EVIDENCE_SCHEMA',
    ],
    [
      'a payload that is no base64',
      envelope(undefined, { payload: 'a b' }),
      'EVIDENCE_SCHEMA',
    ],
    [
      'base64 of two spellings',
      envelope(undefined, { payload: 'QQ' }),
      'EVIDENCE_SCHEMA',
    ],
    [
      'another payload',
      envelope(undefined, { payloadType: 'text/plain' }),
      'EVIDENCE_VERSION',
    ],
    [
      'a payload with a key twice',
      envelope('{"a":1,"a":2}'),
      'EVIDENCE_MALFORMED',
    ],
    [
      'another statement',
      envelope(statement({ _type: 'x' })),
      'EVIDENCE_VERSION',
    ],
    [
      'another predicate',
      envelope(statement({ predicateType: 'x' })),
      'EVIDENCE_VERSION',
    ],
    [
      'nothing that was built',
      envelope(statement({ subject: [] })),
      'EVIDENCE_SCHEMA',
    ],
    ['no builder', envelope(statement({ predicate: {} })), 'EVIDENCE_SCHEMA'],
  ])('refuses %s', (_, document, code) => {
    expect(refused('provenance', jsonBytes(document))).toBe(code);
  });
});

describe('plans', () => {
  it('are read with a person who answers for them', () => {
    expect(read('rollback_plan', jsonBytes(rollbackPlan()))).toMatchObject({
      plan: { owner: 'user:default/ada', rehearsal: null },
    });
    expect(read('rollout_plan', jsonBytes(rolloutPlan()))).toMatchObject({
      plan: { stages: [{ name: 'all' }] },
    });
  });

  it.each<[EvidenceKind, unknown]>([
    ['rollback_plan', rollbackPlan({ owner: 'group:default/shopping' })],
    ['rollback_plan', rollbackPlan({ irreversible: undefined })],
    ['rollback_plan', rollbackPlan({ strategy: 'hope' })],
    ['rollback_plan', rollbackPlan({ more: 1 })],
    ['rollout_plan', rolloutPlan({ stages: [] })],
    ['rollout_plan', rolloutPlan({ success: [] })],
    ['rollout_plan', rolloutPlan({ maxHours: 0 })],
    ['rollout_plan', rolloutPlan({ maxHours: 721 })],
    ['rollout_plan', rolloutPlan({ maxHours: 1.5 })],
  ])('%s: refuses %j', (kind, document) => {
    expect(refused(kind, jsonBytes(document))).toBe('EVIDENCE_SCHEMA');
  });
});

it('never takes one kind for another', () => {
  const samples: Array<[EvidenceKind, Uint8Array]> = [
    ['tests', junit(PASSED)],
    ['scan', jsonBytes(sarif())],
    ['sbom', jsonBytes(bom())],
    ['provenance', jsonBytes(envelope())],
    ['rollback_plan', jsonBytes(rollbackPlan())],
    ['rollout_plan', jsonBytes(rolloutPlan())],
  ];
  for (const [kind, given] of samples) {
    for (const [other] of samples) {
      const told =
        other === kind ? read(kind, given).kind : refused(other, given);
      const asked = other === kind ? kind : 'EVIDENCE_';
      expect(`${kind}, ${other}: ${told}`).toContain(
        `${kind}, ${other}: ${asked}`,
      );
    }
  }
});

it('refuses more values than fit whatever heap reads them, before it reads', () => {
  const crowded = new Uint8Array(4_000_001).fill(0x5b);
  expect(refused('scan', crowded)).toBe('EVIDENCE_TOO_COMPLEX');
  expect(refused('scan', crowded.subarray(1))).toBe('EVIDENCE_MALFORMED');
});
