import fc from 'fast-check';
import {
  requestExceptionBodySchema,
  type EvidenceSays,
  type Waivable,
} from '../../contract';
import type { CountedEvidence } from '../evidence/counted';
import { evidenceFacts } from '../evidence/facts';
import { missingEvidence } from '../evidence/pack';
import {
  exceptionStatus,
  extensionOf,
  isActive,
  periodFault,
  reminderDue,
  type TimedException,
} from './exceptions';
import { exceptionsUsed } from './waivers';

const DAY = 86_400_000;
const NOW = 1_000 * DAY;

describe('the time of an exception', () => {
  const at = (state: TimedException['state'], from: number, to: number) =>
    exceptionStatus({ state, startsAt: NOW + from, expiresAt: NOW + to }, NOW);

  it('includes its first instant and not its last, and is nothing ungranted', () => {
    expect(at('approved', 0, 1)).toBe('active');
    expect(at('approved', 1, 2)).toBe('upcoming');
    expect(at('approved', -1, 0)).toBe('expired');
    expect(at('requested', -1, 1)).toBe('requested');
    expect(at('requested', -2, -1)).toBe('expired');
    for (const state of ['rejected', 'withdrawn', 'ended'] as const) {
      expect(at(state, -1, 1)).toBe(state);
    }
  });

  it('holds within its period alone, whatever the instant', () => {
    const instant = fc.integer({ min: 0, max: 1_000 });
    fc.assert(
      fc.property(instant, instant, instant, (startsAt, expiresAt, now) => {
        const held = isActive({ state: 'approved', startsAt, expiresAt }, now);
        expect(held).toBe(startsAt <= now && now < expiresAt);
      }),
    );
  });

  it('is 90 days at most, and not over before it begins', () => {
    const fault = (from: number, to: number) =>
      periodFault({ startsAt: NOW + from, expiresAt: NOW + to }, NOW);
    expect(fault(0, 90 * DAY)).toBeUndefined();
    expect(fault(0, 90 * DAY + 1)).toBe('long');
    expect(fault(-80 * DAY, 11 * DAY)).toBe('long');
    expect(fault(5, 5)).toBe('order');
    expect(fault(-2, 0)).toBe('past');
    expect(fault(Number.NaN, 1)).toBe('order');
  });

  it('is an extension where it goes on, and the first again after a week', () => {
    const month = (from: number) => ({
      startsAt: from * DAY,
      expiresAt: (from + 30) * DAY,
    });
    expect(extensionOf(130 * DAY, [])).toBe(0);
    expect(extensionOf(130 * DAY, [month(100)])).toBe(1);
    expect(extensionOf(130 * DAY, [month(100), month(65)])).toBe(2);
    expect(extensionOf(137 * DAY, [month(100)])).toBe(0);
    // What begins later is no extension of, and nothing counts twice.
    expect(extensionOf(130 * DAY, [month(140)])).toBe(0);
  });

  it('is reminded of 14 and 3 days before its end and at it, each once', () => {
    const due = (days: number, taken: number) =>
      reminderDue(NOW, NOW - days * DAY, taken);
    expect(due(14.1, 0)).toBeUndefined();
    expect(due(14, 0)).toBe(1);
    expect(due(5, 1)).toBeUndefined();
    expect(due(3, 1)).toBe(2);
    expect(due(0, 2)).toBe(3);
    // Whoever slept is told once.
    expect(due(-1, 0)).toBe(3);
    expect(due(-1, 3)).toBeUndefined();
  });
});

describe('what an exception is for', () => {
  const body = {
    entityRef: 'component:default/shop',
    environment: 'prod',
    waives: 'tests',
    justification: 'The test farm burns',
    controls: [
      {
        text: 'Watch it by hand',
        owner: 'user:default/ada',
        verification: 'The log of the watch',
      },
    ],
    expiresAt: '2026-12-01T00:00:00Z',
  };
  const isTaken = (more: object) =>
    requestExceptionBodySchema.safeParse({ ...body, ...more }).success;

  it('is never a review, a plan of the way back or provenance', () => {
    expect(isTaken({})).toBe(true);
    for (const waives of [
      'review',
      'rollback_plan',
      'rollout_plan',
      'provenance',
      'vex',
    ]) {
      const { error } = requestExceptionBodySchema.safeParse({
        ...body,
        waives,
      });
      expect(error?.issues[0].message).toMatch(/never waived/);
    }
  });

  it('has something that is done instead, by a person, and names a finding where it is one', () => {
    const [control] = body.controls;
    expect(isTaken({ controls: [] })).toBe(false);
    expect(
      isTaken({ controls: [{ ...control, owner: 'group:default/ops' }] }),
    ).toBe(false);
    expect(isTaken({ waives: 'finding' })).toBe(false);
    expect(isTaken({ waives: 'finding', finding: 'CVE-1' })).toBe(true);
    expect(isTaken({ finding: 'CVE-1' })).toBe(false);
    expect(isTaken({ score: 1 })).toBe(false);
  });
});

const item = (
  kind: CountedEvidence['kind'],
  says: EvidenceSays | null,
  state: CountedEvidence['state'] = 'verified',
): CountedEvidence => ({
  kind,
  state,
  says,
  producedAt: NOW,
  sha256: `${kind} ${state}`,
});
const waiver = (
  waives: Waivable,
  finding: string | null = null,
  state: CountedEvidence['state'] = 'waived',
) =>
  item(
    waives === 'finding' ? 'vex' : waives,
    {
      kind: 'waiver',
      exceptionId: `${waives} ${finding}`,
      waives,
      finding,
      requester: 'user:default/sam',
      approver: 'user:default/sec',
      usedBy: 'user:default/sam',
      expiresAt: '2026-12-01T00:00:00.000Z',
    },
    state,
  );
const scan = (...found: Array<[string, 'high' | 'critical' | 'unknown']>) =>
  item('scan', {
    kind: 'scan',
    tools: ['Trivy'],
    worst: 'none',
    findings: found.map(([id, severity]) => ({
      id,
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
const tests = item('tests', {
  kind: 'tests',
  cases: 3,
  failed: 0,
  skipped: 0,
  failures: [],
  flaky: [],
});

describe('a waiver', () => {
  it('counts in place of evidence, and tells no fact', () => {
    const pack = [waiver('tests'), scan()];
    expect(missingEvidence('staging', pack)).toEqual([]);
    const facts = evidenceFacts(pack, NOW);
    expect(facts).not.toHaveProperty('tests');
    expect(facts.security?.value).toBe('none');
    expect(exceptionsUsed(pack)).toEqual(['tests null']);
    // One that has ended counts for nothing.
    const ended = [waiver('tests', null, 'parsed'), scan()];
    expect(missingEvidence('staging', ended)).toEqual(['tests']);
    expect(exceptionsUsed(ended)).toEqual([]);
  });

  it('is used only where it is needed', () => {
    expect(exceptionsUsed([waiver('tests'), tests])).toEqual([]);
    expect(exceptionsUsed([waiver('finding', 'CVE-1'), scan()])).toEqual([]);
    expect(
      exceptionsUsed([waiver('finding', 'CVE-1'), scan(['CVE-1', 'high'])]),
    ).toEqual([]);
  });

  it('makes a critical finding an excepted one, and no other milder', () => {
    const security = (...pack: CountedEvidence[]) =>
      evidenceFacts(pack, NOW).security?.value;
    const excepted = waiver('finding', 'CVE-1');
    const critical = scan(['CVE-1', 'critical']);
    expect(security(critical)).toBe('critical');
    expect(security(critical, excepted)).toBe('critical-excepted');
    expect(exceptionsUsed([critical, excepted])).toEqual(['finding CVE-1']);
    expect(security(critical, waiver('finding', 'CVE-2'))).toBe('critical');
    expect(security(critical, waiver('scan'))).toBe('critical');
    const both = scan(['CVE-1', 'critical'], ['CVE-2', 'critical']);
    expect(security(both, excepted)).toBe('critical');
    // What nobody knows is worse than what is excepted.
    const odd = scan(['CVE-1', 'critical'], ['CVE-3', 'unknown']);
    expect(security(odd, excepted)).toBe('unknown');
    expect(security(scan(['CVE-1', 'high']), excepted)).toBe('high');
  });
});
