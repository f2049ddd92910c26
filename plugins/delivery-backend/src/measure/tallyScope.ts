import type { Knex } from 'knex';
import {
  addDays,
  DayCalendar,
  dayKeyOf,
  dayStartOf,
  emptyTally,
  mergeTallies,
  subtractTallies,
  tallyDays,
  tallyFromJson,
  type RecoveryStart,
  type Tally,
} from '@fawkes/backstage-plugin-delivery-common';
import {
  countedForItself,
  readChangeRows,
  readDeploymentRows,
  readIncidentRows,
  readSharedDeployments,
  type LeadStart,
  type RowFilter,
  type SharedDeployment,
} from '../store/metricRows';

/**
 * From how many deployments a scope has ever seen roll-ups answer. Below, rows
 * are quick enough to read and exact.
 */
export const WIDE_SCOPE = 20_000;

/** What is asked of a scope. */
export interface TallyQuestion {
  /** Services of the scope the caller may see. */
  services: readonly string[];
  /** Services with facts the scope does not have; what roll-ups leave out. */
  others: readonly string[];
  fromMs: number;
  toMs: number;
  tz: string;
  asOfMs: number;
  unit: 'commit' | 'pull_request';
  start: LeadStart;
  recoveryFrom: RecoveryStart;
  environment?: string;
  /**
   * Nobody looks at less than a calendar month of the answer, save at how many
   * deployments a day had: all else of a whole month may be on its first day.
   */
  byMonth: boolean;
  /** A single component shows its sandbox facts too. */
  withSandbox: boolean;
  /** Deployments the scope has ever seen. */
  deployments: number;
}

/** What answers depend on besides the rows. */
export interface TallyContext {
  timezone: string;
  sandboxSources: ReadonlySet<string>;
}

/**
 * Tallies of a scope by local day: exact from rows for a few services, from
 * daily roll-ups for wide scopes wherever these answer the very question.
 */
export async function tallyScope(
  db: Knex,
  question: TallyQuestion,
  context: TallyContext,
): Promise<Map<string, Tally>> {
  const rolledUp =
    question.deployments >= WIDE_SCOPE &&
    question.services.length > 1 &&
    question.tz === context.timezone &&
    question.start === 'committed' &&
    question.recoveryFrom === 'finished' &&
    question.environment === undefined;
  return rolledUp
    ? tallyFromRollups(db, question, context)
    : tallyFromRows(db, question, context);
}

/**
 * The exact way: every row is read.
 *
 * @param each - count every row for itself, as roll-ups do, and not once what
 *   was told for several services
 */
export async function tallyFromRows(
  db: Knex,
  question: TallyQuestion,
  context: TallyContext,
  each = false,
): Promise<Map<string, Tally>> {
  if (question.services.length === 0) return new Map();
  const filter: RowFilter = {
    services: question.services,
    fromMs: question.fromMs,
    toMs: Math.min(question.toMs, question.asOfMs + 1),
    withSandbox: question.withSandbox,
    environment: question.environment,
  };
  const [deployments, changes, incidents] = await Promise.all([
    readDeploymentRows(db, filter),
    readChangeRows(db, filter, question.unit, question.start),
    readIncidentRows(db, {
      ...filter,
      sandboxSources: context.sandboxSources,
    }),
  ]);
  return tallyDays(
    {
      deployments: each ? deployments.map(countedForItself) : deployments,
      changes,
      incidents,
    },
    {
      tz: question.tz,
      asOf: question.asOfMs,
      recoveryFrom: question.recoveryFrom,
    },
  );
}

/**
 * The wide way: whole days come from roll-ups, the cut days at the edges from
 * rows. Either the members of the scope are added up or everything else is
 * taken off the whole, whichever is less work; then what a deployment of
 * several services was counted too often is put right.
 */
export async function tallyFromRollups(
  db: Knex,
  question: TallyQuestion,
  context: TallyContext,
): Promise<Map<string, Tally>> {
  const tz = context.timezone;
  const toMs = Math.min(question.toMs, question.asOfMs + 1);
  const firstDay = dayKeyOf(question.fromMs, tz);
  const first =
    dayStartOf(firstDay, tz) === question.fromMs
      ? firstDay
      : addDays(firstDay, 1);
  // Today's roll-up holds what is known of today, so `asOf` cuts nothing off.
  const cut = question.toMs <= question.asOfMs;
  const end = cut
    ? dayKeyOf(question.toMs, tz)
    : addDays(dayKeyOf(toMs, tz), 1);
  if (first >= end) return tallyFromRows(db, question, context);

  const days = await readDays(db, question, first, end);
  const wholeFrom = dayStartOf(first, tz);
  const wholeTo = dayStartOf(end, tz);
  for (const [fromMs, until] of [
    [question.fromMs, wholeFrom],
    [wholeTo, question.toMs],
  ]) {
    if (fromMs >= until) continue;
    const edge = await tallyFromRows(
      db,
      { ...question, fromMs, toMs: until },
      context,
      true,
    );
    for (const [day, tally] of edge) days.set(day, tally);
  }
  return settleShared(db, question, context, days);
}

async function readDays(
  db: Knex,
  question: TallyQuestion,
  first: string,
  end: string,
): Promise<Map<string, Tally>> {
  const { services, others, unit, byMonth } = question;
  if (others.length < services.length) {
    const left = await leftOut(db, question);
    const [days, rest] = await Promise.all([
      byMonth
        ? readByMonth(db, unit, first, end)
        : readAll(db, unit, first, end),
      left.length > 0
        ? readServiceDays(db, unit, left, first, end)
        : new Map<string, Tally>(),
    ]);
    for (const [day, off] of rest) {
      days.set(day, subtractTallies(days.get(day) ?? mergeTallies([]), off));
    }
    return days;
  }
  return readServiceDays(db, unit, services, first, end);
}

async function readServiceDays(
  db: Knex,
  unit: TallyQuestion['unit'],
  services: readonly string[],
  first: string,
  end: string,
): Promise<Map<string, Tally>> {
  const rows: Array<{ day: string; tally: string }> = await db(
    'rollup_service_days',
  )
    .where('unit', unit)
    .where('day', '>=', first)
    .where('day', '<', end)
    .whereIn('service_ref', [...services])
    .select('day', 'tally');
  const byDay = new Map<string, Tally[]>();
  for (const { day, tally } of rows) {
    const list = byDay.get(day) ?? [];
    list.push(tallyFromJson(JSON.parse(tally)));
    byDay.set(day, list);
  }
  return new Map(
    [...byDay].map(([day, tallies]) => [day, mergeTallies(tallies)]),
  );
}

/** The days of everything. */
async function readAll(
  db: Knex,
  unit: TallyQuestion['unit'],
  first: string,
  end: string,
  without?: { from: string; to: string },
): Promise<Map<string, Tally>> {
  const rows: Array<{ day: string; tally: string }> = await db('rollup_days')
    .where('unit', unit)
    .where('day', '>=', first)
    .where('day', '<', end)
    .modify(query => {
      if (!without) return;
      query.where(edges =>
        edges.where('day', '<', without.from).orWhere('day', '>=', without.to),
      );
    })
    .select('day', 'tally');
  return new Map(
    rows.map(({ day, tally }) => [day, tallyFromJson(JSON.parse(tally))]),
  );
}

/** The same, of whole months only the sum and how many deployments each day had. */
async function readByMonth(
  db: Knex,
  unit: TallyQuestion['unit'],
  first: string,
  end: string,
): Promise<Map<string, Tally>> {
  const from = first.endsWith('-01') ? first : firstOfNextMonth(first);
  const to = `${end.slice(0, 7)}-01`;
  if (from >= to) return readAll(db, unit, first, end);
  const [days, counts, months] = await Promise.all([
    readAll(db, unit, first, end, { from, to }),
    db('rollup_days')
      .where('unit', unit)
      .where('day', '>=', from)
      .where('day', '<', to)
      .whereNot('deployments', 0)
      .select('day', 'deployments'),
    db('rollup_months')
      .where('unit', unit)
      .where('month', '>=', from.slice(0, 7))
      .where('month', '<', to.slice(0, 7))
      .select('month', 'tally'),
  ]);
  for (const { day, deployments } of counts) {
    days.set(day, { ...emptyTally(), deployments });
  }
  for (const { month, tally } of months) {
    const day = `${month}-01`;
    const { deployments = 0 } = days.get(day) ?? {};
    days.set(day, { ...tallyFromJson(JSON.parse(tally)), deployments });
  }
  return days;
}

function firstOfNextMonth(day: string): string {
  // The 32nd day from the first of a month lies in the next, whatever its length.
  return `${addDays(`${day.slice(0, 7)}-01`, 31).slice(0, 7)}-01`;
}

/**
 * Services whose days are in the roll-up of everything and not in the scope:
 * those with deployments, and those that only ever had incidents.
 */
async function leftOut(
  db: Knex,
  { services, others }: TallyQuestion,
): Promise<string[]> {
  const disturbed: Array<{ service: string }> = await db('incidents')
    .whereNotNull('service')
    .distinct('service');
  const left = new Set([...others, ...disturbed.map(row => row.service)]);
  for (const service of services) left.delete(service);
  return [...left];
}

/** Roll-ups count a deployment once per row; a scope counts it once. */
async function settleShared(
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
