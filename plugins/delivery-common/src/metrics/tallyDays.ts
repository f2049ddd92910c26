import { STAGES } from '../contract';
import { DayCalendar } from './calendar';
import { leadTimeOf, recoverySecondsOf, secondsBetween } from './durations';
import type {
  ChangeRow,
  DeploymentRow,
  IncidentRow,
  RecoveryStart,
} from './rows';
import { stagesOf } from './stages';
import { emptyTally, type Tally } from './tally';

/** The facts of one scope. @public */
export interface TallyRows {
  /** One row per service a deployment touches. */
  deployments: readonly DeploymentRow[];
  /** One row per change and service. */
  changes: readonly ChangeRow[];
  /** One row per incident. */
  incidents: readonly IncidentRow[];
}

/** How facts are counted. @public */
export interface TallyOptions {
  /** IANA zone in which days begin. */
  tz: string;
  /**
   * Look at the facts as they stood at this instant, ms: what finished or
   * opened later is left out, what recovered later is still open. Null looks at
   * all of them, which is what roll-ups keep.
   */
  asOf: number | null;
  /** Where recovery time starts. */
  recoveryFrom: RecoveryStart;
}

type ExactTally = ReturnType<typeof emptyTally>;

/**
 * Counts facts by local day, oldest day first; days without a fact are left
 * out. Deployments, lead time and recovery go by the deployment's finish,
 * incidents by their opening.
 *
 * A deployment of several services counts **once**: it succeeded, failed or was
 * rework when it did so for any of them, and it has recovered when it has for
 * all. Lead times and gaps belong to each service on its own.
 * @public
 */
export function tallyDays(
  rows: TallyRows,
  options: TallyOptions,
): Map<string, Tally> {
  const asOf = options.asOf ?? Number.POSITIVE_INFINITY;
  const deployments = rows.deployments.filter(row => row.finishedAt <= asOf);
  const changes = rows.changes.filter(row => row.finishedAt <= asOf);
  const incidents = rows.incidents.filter(row => row.openedAt <= asOf);
  const tallyOn = dayTallies(
    [deployments, changes].flatMap(list => list.map(row => row.finishedAt)),
    incidents.map(row => row.openedAt),
    options.tz,
  );

  for (const rowsOfOne of byFact(deployments).values()) {
    const at = Math.max(...rowsOfOne.map(row => row.finishedAt));
    countDeployment(tallyOn.at(at), rowsOfOne, at, asOf, options.recoveryFrom);
  }
  for (const row of deployments) {
    if (row.success && row.gapSeconds !== null) {
      tallyOn.at(row.finishedAt).gaps.add(wholeSeconds(row.gapSeconds));
    }
  }
  for (const row of changes) countChange(tallyOn.at(row.finishedAt), row);
  for (const row of incidents) {
    countIncident(tallyOn.at(row.openedAt), row, asOf);
  }
  return tallyOn.inOrder();
}

function countDeployment(
  tally: ExactTally,
  rows: readonly DeploymentRow[],
  finishedAt: number,
  asOf: number,
  recoveryFrom: RecoveryStart,
): void {
  if (rows.some(row => row.success)) tally.deployments += 1;
  const inProduction = rows.filter(row => row.reached);
  if (inProduction.length === 0) return;
  tally.reached += 1;
  if (inProduction.some(row => row.rework)) tally.rework += 1;

  const failed = inProduction.filter(row => row.failed);
  if (failed.length === 0) return;
  tally.failed += 1;
  const recoveredAt = latest(failed.map(row => row.recoveredAt));
  const detectedAt = earliest(failed.map(row => row.detectedAt));
  const seconds =
    recoveredAt !== null && recoveredAt <= asOf
      ? recoverySecondsOf({ finishedAt, detectedAt, recoveredAt }, recoveryFrom)
      : null;
  if (seconds === null) tally.openFailures += 1;
  else tally.recovery.add(seconds);
}

function countChange(tally: ExactTally, row: ChangeRow): void {
  if (row.startedAt === null) {
    tally.leadUnknown += 1;
    return;
  }
  const lead = leadTimeOf(row.startedAt, row.finishedAt);
  if (lead.clamped) tally.leadClamped += 1;
  tally.lead.add(lead.seconds);
  const stages = stagesOf(row.startedAt, row.stages, row.finishedAt);
  for (const stage of STAGES) tally.stages[stage] += stages[stage];
}

function countIncident(
  tally: ExactTally,
  row: IncidentRow,
  asOf: number,
): void {
  if (row.resolvedAt === null || row.resolvedAt > asOf) {
    tally.openIncidents += 1;
  } else {
    tally.restore.add(
      Math.max(0, secondsBetween(row.openedAt, row.resolvedAt)),
    );
  }
}

function byFact(
  rows: readonly DeploymentRow[],
): Map<string, readonly DeploymentRow[]> {
  const facts = new Map<string, DeploymentRow[]>();
  for (const row of rows) {
    const known = facts.get(row.factKey);
    if (known) known.push(row);
    else facts.set(row.factKey, [row]);
  }
  return facts;
}

function dayTallies(
  finishes: readonly number[],
  openings: readonly number[],
  tz: string,
) {
  const tallies = new Map<string, ExactTally>();
  const instants = [...finishes, ...openings];
  const calendar = calendarFor(instants, tz);
  return {
    at(ms: number): ExactTally {
      const day = calendar.dayOf(ms);
      const known = tallies.get(day);
      if (known) return known;
      const fresh = emptyTally();
      tallies.set(day, fresh);
      return fresh;
    },
    inOrder(): Map<string, Tally> {
      return new Map([...tallies].sort(([a], [b]) => (a < b ? -1 : 1)));
    },
  };
}

function calendarFor(instants: readonly number[], tz: string): DayCalendar {
  let first = Number.POSITIVE_INFINITY;
  let last = Number.NEGATIVE_INFINITY;
  for (const ms of instants) {
    first = Math.min(first, ms);
    last = Math.max(last, ms);
  }
  return instants.length === 0
    ? new DayCalendar(0, 1, tz)
    : new DayCalendar(first, last + 1, tz);
}

/** The latest, or null as soon as one of them is. */
function latest(instants: ReadonlyArray<number | null>): number | null {
  return instants.reduce((a, b) =>
    a === null || b === null ? null : Math.max(a, b),
  );
}

/** The earliest of those that are known. */
function earliest(instants: ReadonlyArray<number | null>): number | null {
  const known = instants.filter((at): at is number => at !== null);
  return known.length === 0 ? null : Math.min(...known);
}

function wholeSeconds(seconds: number): number {
  return Math.max(0, Math.floor(seconds));
}
