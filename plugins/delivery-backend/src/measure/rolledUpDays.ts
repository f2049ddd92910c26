import type { Knex } from 'knex';
import {
  addDays,
  emptyTally,
  mergeTallies,
  subtractTallies,
  tallyFromJson,
  type Tally,
} from '@fawkes/backstage-plugin-delivery-common';
import type { TallyQuestion } from './tallyQuestion';

/**
 * The whole days of a scope from roll-ups, each row counted for itself: its
 * members added up, or everything else taken off the whole.
 *
 * @param first - first local day
 * @param end - day after the last
 */
export async function rolledUpDays(
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
