import type { Knex } from 'knex';
import {
  DayCalendar,
  mergeTallies,
  subtractTallies,
  tallyDays,
  type Tally,
} from '@fawkes/backstage-plugin-delivery-common';
import {
  countedForItself,
  readDeploymentRows,
  readSharedDeployments,
  type SharedDeployment,
} from '../store/metricRows';
import type { TallyContext, TallyQuestion } from './tallyQuestion';

/** Roll-ups count a deployment once per row; a scope counts it once. */
export async function countSharedOnce(
  db: Knex,
  question: TallyQuestion,
  context: TallyContext,
  days: Map<string, Tally>,
): Promise<Map<string, Tally>> {
  const { services, fromMs, toMs } = question;
  const shared = await readSharedDeployments(db, services, fromMs, toMs);
  if (shared.length === 0) return days;
  const plain = shared.filter(isPlain);
  takeOffCounts(plain, context, days);
  const others = shared.filter(one => !isPlain(one));
  if (others.length === 0) return days;

  const rows = await readDeploymentRows(db, {
    services,
    fromMs,
    toMs,
    withSandbox: false,
    names: others,
  });
  const options = {
    tz: context.timezone,
    asOf: null,
    recoveryFrom: 'finished',
  } as const;
  const of = (deployments: typeof rows) =>
    tallyDays({ deployments, changes: [], incidents: [] }, options);
  const once = of(rows);
  const each = of(rows.map(countedForItself));
  for (const day of new Set([...once.keys(), ...each.keys()])) {
    const [added, taken] = [once.get(day), each.get(day)];
    const known = days.get(day) ?? mergeTallies([]);
    const rest = taken ? subtractTallies(known, taken) : known;
    days.set(day, added ? mergeTallies([rest, added]) : rest);
  }
  return days;
}

/** Of one instant and not failed: only counts are too high, not samples. */
function isPlain({ first, last, failed }: SharedDeployment): boolean {
  return first === last && failed === 0;
}

/** Counts once what its rows counted each; gaps belong to each of them. */
function takeOffCounts(
  shared: readonly SharedDeployment[],
  { timezone }: TallyContext,
  days: Map<string, Tally>,
): void {
  const instants = shared.map(({ first }) => first);
  if (instants.length === 0) return;
  const calendar = new DayCalendar(
    instants.reduce((a, b) => Math.min(a, b)),
    instants.reduce((a, b) => Math.max(a, b)) + 1,
    timezone,
  );
  for (const { first, rows, success, rework } of shared) {
    const day = calendar.dayOf(first);
    const tally = { ...(days.get(day) ?? mergeTallies([])) };
    tally.deployments -= Math.max(0, success - 1);
    tally.reached -= rows - 1;
    tally.rework -= Math.max(0, rework - 1);
    days.set(day, tally);
  }
}
