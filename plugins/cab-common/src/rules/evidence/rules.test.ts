import fc from 'fast-check';
import type {
  EvidenceKind,
  EvidenceSays,
  EvidenceState,
  Severity,
} from '../../contract';
import { bindEvidence, type BindingQuestion } from './bind';
import type { CountedEvidence } from './counted';
import { evidenceFacts, isWorseBy } from './facts';
import { failedEvidence, missingEvidence, packOrder } from './pack';
import { readEvidence } from './read';
import {
  bom,
  envelope,
  jsonBytes,
  junit,
  PASSED,
  rollbackPlan,
  sarif,
  TOOLS,
} from './__testUtils__/samples';

const NOW = Date.parse('2026-11-02T10:00:00Z');
const HOUR_MS = 3_600_000;
const DIGEST = `sha256:${'a'.repeat(64)}`;
const SHA = 'c'.repeat(40);
let count = 0;
const item = (
  says: EvidenceSays | null,
  more: Partial<CountedEvidence> = {},
): CountedEvidence => ({
  kind: says && says.kind !== 'waiver' ? says.kind : 'scan',
  state: 'verified',
  says,
  producedAt: NOW - HOUR_MS / 2,
  sha256: (++count).toString(16).padStart(64, '0'),
  ...more,
});
const tests = (cases: number, failed = 0, skipped = 0): EvidenceSays => ({
  kind: 'tests',
  cases,
  failed,
  skipped,
  failures: [],
  flaky: [],
});
const scan = (...severities: Severity[]): EvidenceSays => ({
  kind: 'scan',
  tools: ['Trivy'],
  worst: 'none',
  findings: severities.map((severity, at) => ({
    id: `CVE-${at}`,
    severity,
    count: 1,
    text: '',
    where: null,
  })),
  beyond: null,
  suppressed: 0,
  invoked: true,
  endedAt: null,
});
const vex = (id: string, drops: boolean): EvidenceSays => ({
  kind: 'vex',
  format: 'CycloneDX 1.6',
  root: null,
  statements: [{ id, state: 'resolved', drops }],
});
const value = (
  name: 'tests' | 'security' | 'scanAgeHours' | 'rollback',
  ...items: CountedEvidence[]
) => evidenceFacts(items, NOW)[name]?.value;

describe('facts of evidence', () => {
  it('are unknown without any', () => {
    expect(evidenceFacts([], NOW)).toEqual({});
  });

  it('tests add up, and what nobody vouches for only makes them worse', () => {
    expect(value('tests', item(tests(10)), item(tests(5, 1, 2)))).toEqual({
      cases: 15,
      failed: 1,
      skipped: 2,
    });
    expect(
      value(
        'tests',
        item(tests(10)),
        item(tests(5, 1, 2), { state: 'parsed' }),
      ),
    ).toEqual({ cases: 11, failed: 1, skipped: 0 });
    expect(
      value('tests', item(tests(10), { state: 'parsed' })),
    ).toBeUndefined();
    expect(
      value(
        'tests',
        item(tests(10)),
        item(null, { kind: 'tests', state: 'failed' }),
      ),
    ).toBeUndefined();
    expect(
      value('tests', item(tests(10), { state: 'waived' })),
    ).toBeUndefined();
  });

  it.each<[string, CountedEvidence[], unknown]>([
    [
      'the worst of all tools',
      [item(scan('low')), item(scan('high', 'none'))],
      'high',
    ],
    ['nothing found', [item(scan())], 'none'],
    ['nobody vouches', [item(scan(), { state: 'parsed' })], undefined],
    [
      'a finding nobody vouches for',
      [item(scan('low')), item(scan('high'), { state: 'parsed' })],
      'high',
    ],
    [
      'a critical nobody vouches for',
      [item(scan('critical'), { state: 'parsed' })],
      'critical',
    ],
    [
      'one scan failed',
      [item(scan()), item(null, { state: 'failed' })],
      undefined,
    ],
    [
      'one scan failed, and another found a critical',
      [item(scan('critical')), item(null, { state: 'failed' })],
      'critical',
    ],
    ['of a severity nobody knows', [item(scan('unknown', 'low'))], 'unknown'],
    [
      'an actual critical is no unknown',
      [item(scan('unknown', 'critical'))],
      'critical',
    ],
    [
      'what VEX drops',
      [item(scan('critical')), item(vex('CVE-0', true))],
      'none',
    ],
    [
      'what VEX of nobody drops',
      [item(scan('critical')), item(vex('CVE-0', true), { state: 'parsed' })],
      'critical',
    ],
    [
      'what VEX drops and holds up',
      [
        item(scan('critical')),
        item(vex('CVE-0', true)),
        item(vex('CVE-0', false)),
      ],
      'critical',
    ],
    [
      'what VEX drops elsewhere',
      [item(scan('critical')), item(vex('CVE-9', true))],
      'critical',
    ],
  ])('security: %s', (_, items, expected) => {
    expect(value('security', ...items)).toBe(expected);
  });

  it('a scan is as old as the oldest, in whole hours rounded up', () => {
    const older = { producedAt: NOW - 5 * HOUR_MS - 1 };
    expect(value('scanAgeHours', item(scan()))).toBe(1);
    expect(value('scanAgeHours', item(scan()), item(scan(), older))).toBe(6);
    expect(value('scanAgeHours', item(scan(), { producedAt: NOW }))).toBe(0);
    expect(
      value('scanAgeHours', item(scan(), { state: 'parsed' })),
    ).toBeUndefined();
  });

  it('a way back that no pipeline goes is gone by hand', () => {
    const plan = (more: object) =>
      item(readEvidence('rollback_plan', jsonBytes(rollbackPlan(more)), TOOLS));
    const rehearsedHoursAgo = null;
    expect(value('rollback', plan({}))).toEqual({
      strategy: 'automated',
      irreversible: false,
      rehearsedHoursAgo,
    });
    expect(value('rollback', plan({ pipeline: null }))).toEqual({
      strategy: 'manual',
      irreversible: false,
      rehearsedHoursAgo,
    });
    expect(
      value(
        'rollback',
        plan({}),
        plan({ strategy: 'none', irreversible: true }),
      ),
    ).toEqual({ strategy: 'none', irreversible: true, rehearsedHoursAgo });
  });

  it('name what they were read from', () => {
    const one = item(tests(1));
    expect(evidenceFacts([one], NOW).tests?.reference).toEqual([one.sha256]);
  });

  const anyItem = fc
    .tuple(
      fc.constantFrom<EvidenceState>('parsed', 'failed'),
      fc.array(
        fc.constantFrom<Severity>('none', 'low', 'medium', 'high', 'critical'),
        { maxLength: 3 },
      ),
    )
    .map(([state, found]) => item(scan(...found), { state }));
  it('what is not verified never makes a scan look better', () => {
    const rank = (told: unknown) =>
      ['none', 'low', 'medium', 'high', undefined, 'critical'].indexOf(
        told as string,
      );
    fc.assert(
      fc.property(fc.array(anyItem, { maxLength: 4 }), others => {
        const own = item(scan('low'));
        expect(rank(value('security', own, ...others))).toBeGreaterThanOrEqual(
          rank(value('security', own)),
        );
      }),
    );
  });

  it('is worse where its factor rises or a floor appears', () => {
    const result = (permille: number, ...floors: string[]) => ({
      factors: [
        { id: 'security', permille },
        { id: 'window', permille: 0 },
      ],
      floors: floors.map(id => ({ id, milli: 1, unknown: false, refs: [] })),
    });
    expect(isWorseBy('scan', result(0), result(1))).toBe(true);
    expect(isWorseBy('scan', result(1), result(0))).toBe(false);
    expect(isWorseBy('tests', result(0), result(1))).toBe(false);
    expect(isWorseBy('sbom', result(0), result(0, 'critical'))).toBe(true);
    expect(isWorseBy('scan', result(0, 'critical'), result(0))).toBe(false);
  });
});

describe('the pack', () => {
  const piece = (kind: EvidenceKind, state: EvidenceState) => ({ kind, state });
  it('lacks what nothing counts for', () => {
    expect(missingEvidence('test', [])).toEqual([]);
    expect(
      missingEvidence('staging', [
        piece('tests', 'verified'),
        piece('scan', 'parsed'),
      ]),
    ).toEqual(['scan']);
    expect(
      missingEvidence('staging', [
        piece('tests', 'waived'),
        piece('scan', 'failed'),
      ]),
    ).toEqual(['scan']);
    expect(missingEvidence(null, [])).toEqual(
      missingEvidence('production', []),
    );
    expect(
      failedEvidence([
        piece('scan', 'failed'),
        piece('tests', 'parsed'),
        piece('scan', 'failed'),
      ]),
    ).toEqual(['scan']);
  });

  it('has one order, whatever order things came in', () => {
    const of = (kind: EvidenceKind, sha256: string) => ({
      kind,
      sha256,
      mediaType: 'x',
      size: 1,
      subjectDigests: ['b', 'a', 'b'],
      producedAt: '',
      producer: '',
    });
    const items = [of('tests', '2'), of('scan', '3'), of('tests', '1')];
    const ordered = packOrder(items);
    expect(ordered.map(({ sha256 }) => sha256)).toEqual(['3', '1', '2']);
    expect(ordered[0].subjectDigests).toEqual(['a', 'b']);
    expect(packOrder([...items].reverse())).toEqual(ordered);
  });
});

describe('binding', () => {
  const question = (more: Partial<BindingQuestion> = {}): BindingQuestion => ({
    headSha: SHA,
    artifactDigest: DIGEST,
    fromPipeline: true,
    fromSecurity: false,
    subject: null,
    repository: 'git.example/shop',
    builders: ['https://ci.example/builder'],
    scanners: undefined,
    ...more,
  });
  const bound = (says: EvidenceSays, more?: Partial<BindingQuestion>) => {
    const { state, why } = bindEvidence(says, question(more));
    return why ? `${state} ${why.code}` : state;
  };
  const read = (
    kind: EvidenceKind,
    bytes: Uint8Array,
    signedBy: string | null = null,
  ) => readEvidence(kind, bytes, { ...TOOLS, signedBy: () => signedBy });
  const sbom = (component: object) =>
    read('sbom', jsonBytes(bom({ metadata: { component } })));
  const person = { fromPipeline: false };
  const UNBOUND = 'parsed EVIDENCE_UNBOUND';

  it('of tests and scans is by the pipeline alone', () => {
    expect(bound(read('tests', junit(PASSED)))).toBe('verified');
    expect(bound(read('tests', junit(PASSED)), person)).toBe(UNBOUND);
    const scanned = read('scan', jsonBytes(sarif()));
    expect(bound(scanned)).toBe('verified');
    expect(bound(scanned, person)).toBe(UNBOUND);
    expect(bound(scanned, { scanners: ['trivy'] })).toBe('verified');
    expect(bound(scanned, { scanners: ['other'] })).toBe(
      'failed EVIDENCE_TOOL',
    );
  });

  it('of an SBOM: a wrong hash beats a right purl', () => {
    const right = `pkg:oci/shop@sha256%3A${'a'.repeat(64)}`;
    const hash = (content: string) => [{ alg: 'SHA-256', content }];
    expect(bound(sbom({ name: 'x', hashes: hash('a'.repeat(64)) }))).toBe(
      'verified',
    );
    expect(
      bound(sbom({ name: 'x', hashes: hash('a'.repeat(64)) }), person),
    ).toBe(UNBOUND);
    expect(bound(sbom({ name: 'x', purl: right }))).toBe('verified');
    expect(
      bound(sbom({ name: 'x', purl: right, hashes: hash('b'.repeat(64)) })),
    ).toBe('failed EVIDENCE_SUBJECT');
    expect(
      bound(sbom({ name: 'x', purl: right.replace(/a{64}/, 'b'.repeat(64)) })),
    ).toBe('failed EVIDENCE_SUBJECT');
    expect(bound(sbom({ name: 'x' }))).toBe(UNBOUND);
    expect(bound(sbom({ name: 'x' }), { subject: DIGEST })).toBe('verified');
    expect(bound(sbom({ name: 'x' }), { artifactDigest: null })).toBe(
      'verified',
    );
  });

  it('of VEX may be by the security group', () => {
    const told = vex('CVE-1', true);
    expect(bound(told, { ...person, artifactDigest: null })).toBe(UNBOUND);
    expect(
      bound(told, { ...person, artifactDigest: null, fromSecurity: true }),
    ).toBe('verified');
  });

  it('of provenance: signature, subject, builder, source', () => {
    const built = (signedBy: string | null) =>
      read('provenance', jsonBytes(envelope()), signedBy);
    expect(bound(built('key'))).toBe('verified');
    expect(bound(built('key'), person)).toBe('verified');
    expect(bound(built(null))).toBe(UNBOUND);
    expect(
      bound(built('key'), { artifactDigest: `sha256:${'b'.repeat(64)}` }),
    ).toBe('failed EVIDENCE_SUBJECT');
    expect(
      bound(built('key'), { builders: ['https://ci.example/builder/2'] }),
    ).toBe('failed EVIDENCE_BUILDER');
    expect(bound(built('key'), { headSha: 'd'.repeat(40) })).toBe(
      'failed EVIDENCE_SUBJECT',
    );
    expect(bound(built('key'), { repository: 'other/shop' })).toBe(
      'failed EVIDENCE_SUBJECT',
    );
    expect(bound(built('key'), { repository: 'shop' })).toBe('verified');
    expect(bound(built('key'), { repository: undefined })).toBe(UNBOUND);
  });
});
