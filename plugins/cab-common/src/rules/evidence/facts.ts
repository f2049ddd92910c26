import type {
  EvidenceKind,
  EvidenceSays,
  EvidenceState,
  FactName,
  FactValue,
  RiskResult,
  Severity,
} from '../../contract';
import { exceptedFindings } from '../exceptions/waivers';
import type { CountedEvidence } from './counted';
import { worstOf } from './severity';

/** A fact with the digests of what it was read from. @public */
export interface EvidenceFact {
  /** As the risk model reads it. */
  value: FactValue;
  /** SHA-256 of the pieces. */
  reference: string[];
}

type Says<K extends EvidenceKind> = Extract<EvidenceSays, { kind: K }>;
interface Read<K extends EvidenceKind> extends CountedEvidence {
  says: Says<K>;
}

const HOUR_MS = 3_600_000;

/**
 * The facts a pack of evidence tells. Several pieces of a kind all count, and the
 * worst wins. What was refused or could not be read makes its fact unknown, and
 * what nobody vouches for can only make it worse.
 * @public
 */
export function evidenceFacts(
  items: readonly CountedEvidence[],
  now: number,
): Partial<Record<FactName, EvidenceFact>> {
  const of = (kind: EvidenceKind) => items.filter(each => each.kind === kind);
  const told: Partial<Record<FactName, FactValue | undefined>> = {
    tests: testsOf(of('tests')),
    security: securityOf(of('scan'), of('vex'), exceptedFindings(items)),
    scanAgeHours: ageOf(of('scan'), now),
    rollback: rollbackOf(of('rollback_plan')),
  };
  const sources: Partial<Record<FactName, EvidenceKind[]>> = {
    tests: ['tests'],
    security: ['scan', 'vex'],
    scanAgeHours: ['scan'],
    rollback: ['rollback_plan'],
  };
  const facts: Partial<Record<FactName, EvidenceFact>> = {};
  for (const [name, value] of Object.entries(told)) {
    if (value === undefined) continue;
    const fact = name as FactName;
    facts[fact] = {
      value,
      reference: [
        ...new Set(
          items
            .filter(({ kind }) => sources[fact]!.includes(kind))
            .map(({ sha256 }) => sha256),
        ),
      ]
        .sort()
        .slice(0, 100),
    };
  }
  return facts;
}

const anyFailed = (items: readonly CountedEvidence[]) =>
  items.some(({ state }) => state === 'failed');

function readOf<K extends EvidenceKind>(
  items: readonly CountedEvidence[],
  ...states: EvidenceState[]
): Array<Read<K>> {
  return items.filter(
    (each): each is Read<K> =>
      states.includes(each.state) && each.says !== null,
  );
}

function testsOf(items: readonly CountedEvidence[]): FactValue | undefined {
  const verified = readOf<'tests'>(items, 'verified');
  if (verified.length === 0 || anyFailed(items)) return undefined;
  const sum = { cases: 0, failed: 0, skipped: 0 };
  for (const { says } of verified) {
    sum.cases += says.cases;
    sum.failed += says.failed;
    sum.skipped += says.skipped;
  }
  for (const { says } of readOf<'tests'>(items, 'parsed')) {
    sum.cases += says.failed;
    sum.failed += says.failed;
  }
  return sum;
}

function securityOf(
  scans: readonly CountedEvidence[],
  vex: readonly CountedEvidence[],
  excepted: ReadonlySet<string>,
): FactValue | undefined {
  const dropped = new Set(
    readOf<'vex'>(vex, 'verified')
      .flatMap(({ says }) => says.statements)
      .filter(({ drops }) => drops)
      .map(({ id }) => id),
  );
  // What is dropped once and held up another time is held up.
  for (const { says } of readOf<'vex'>(vex, 'verified', 'parsed')) {
    for (const { id, drops } of says.statements) {
      if (!drops) dropped.delete(id);
    }
  }
  const read = readOf<'scan'>(scans, 'verified', 'parsed');
  const found = read
    .flatMap(({ says }) => says.findings)
    .filter(({ id }) => !dropped.has(id));
  // Only what is critical needs an exception, and only that becomes milder by one.
  const isExcepted = ({ id, severity }: (typeof found)[number]) =>
    severity === 'critical' && excepted.has(id);
  const severities: Severity[] = [
    ...found.filter(each => !isExcepted(each)).map(({ severity }) => severity),
    ...read.flatMap(({ says }) => (says.beyond ? [says.beyond] : [])),
  ];
  // An actual one is no unknown, whoever tells of it.
  if (severities.includes('critical')) return 'critical';
  const verified = readOf(scans, 'verified').length > 0;
  if (!verified || anyFailed(scans)) return undefined;
  const worst = worstOf(severities);
  return worst !== 'unknown' && found.some(isExcepted)
    ? 'critical-excepted'
    : worst;
}

function ageOf(
  scans: readonly CountedEvidence[],
  now: number,
): number | undefined {
  const verified = readOf(scans, 'verified');
  if (verified.length === 0 || anyFailed(scans)) return undefined;
  const oldest = Math.min(...verified.map(({ producedAt }) => producedAt));
  return Math.max(0, Math.ceil((now - oldest) / HOUR_MS));
}

const STRATEGIES = ['automated', 'manual', 'none'] as const;

function rollbackOf(items: readonly CountedEvidence[]): FactValue | undefined {
  const plans = readOf<'rollback_plan'>(items, 'verified').map(
    ({ says }) => says.plan,
  );
  if (plans.length === 0 || anyFailed(items)) return undefined;
  const worst = Math.max(
    ...plans.map(({ strategy, pipeline }) =>
      // What no pipeline does is done by hand, whatever it is called.
      STRATEGIES.indexOf(
        strategy === 'automated' && pipeline === null ? 'manual' : strategy,
      ),
    ),
  );
  return {
    strategy: STRATEGIES[worst],
    irreversible: plans.some(({ irreversible }) => irreversible),
    // What was rehearsed is for delivery to say; a plan alone is no proof of it.
    rehearsedHoursAgo: null,
  };
}

/** Which factor a kind of evidence speaks about. */
const FACTOR: Partial<Record<EvidenceKind, string>> = {
  tests: 'testEvidence',
  scan: 'security',
  vex: 'security',
  rollback_plan: 'rollback',
};

/** Whether a piece made it worse: its factor rose, or a floor appeared. @public */
export function isWorseBy(
  kind: EvidenceKind,
  before: Pick<RiskResult, 'factors' | 'floors'>,
  after: Pick<RiskResult, 'factors' | 'floors'>,
): boolean {
  const permille = ({ factors }: Pick<RiskResult, 'factors'>) =>
    factors.find(({ id }) => id === FACTOR[kind])?.permille ?? 0;
  const held = new Set(before.floors.map(({ id }) => id));
  return (
    permille(after) > permille(before) ||
    after.floors.some(({ id }) => !held.has(id))
  );
}
