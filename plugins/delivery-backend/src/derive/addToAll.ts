import type { Knex } from 'knex';
import {
  emptyTally,
  mergeTallies,
  tallyFromJson,
  tallyToJson,
  type Tally,
} from '@fawkes/backstage-plugin-delivery-common';
import { forUpdate, insertRows } from '@fawkes/kit-backend/sql';

/** Tables that sum up everything, by unit and by some time. */
const SUMS = {
  rollup_days: {
    time: 'day',
    of: (day: string) => day,
    columns: { unit: 'text', day: 'text', tally: 'text', deployments: 'int' },
    sums: ['tally', 'deployments'],
  },
  rollup_months: {
    time: 'month',
    of: (day: string) => day.slice(0, 7),
    columns: { unit: 'text', month: 'text', tally: 'text' },
    sums: ['tally'],
  },
} as const;

/**
 * Adds what days of services have become to what everything comes to.
 *
 * @param differences - by `unit day`
 */
export async function addToAll(
  tx: Knex.Transaction,
  table: keyof typeof SUMS,
  differences: ReadonlyMap<string, readonly Tally[]>,
): Promise<void> {
  const { time, of, columns, sums } = SUMS[table];
  const added = new Map<string, Tally[]>();
  for (const [key, tallies] of differences) {
    const [unit, day] = key.split(' ');
    const name = `${unit} ${of(day)}`;
    added.set(name, [...(added.get(name) ?? []), ...tallies]);
  }
  const keys = [...added.keys()].sort().map(key => {
    const [unit, when] = key.split(' ');
    return { unit, [time]: when };
  });
  const identity = ['unit', time];
  await insertRows(
    tx,
    table,
    columns,
    keys.map(key => ({ ...key, ...summed(emptyTally()) })),
    { keys: identity },
  );
  const rows: Array<Record<string, string>> = await forUpdate(
    tx,
    tx(table)
      .whereIn(time, [...new Set(keys.map(key => key[time]))])
      .orderBy(identity)
      .select(...identity, 'tally'),
  );
  const updates = rows.flatMap(row => {
    const news = added.get(`${row.unit} ${row[time]}`);
    if (!news) return [];
    const before = tallyFromJson(JSON.parse(row.tally));
    return [{ ...row, ...summed(mergeTallies([before, ...news])) }];
  });
  await insertRows(tx, table, columns, updates, {
    keys: identity,
    update: sums,
  });
}

/** A sum as rows keep it; months leave the number of deployments out. */
function summed(tally: Tally): object {
  return {
    tally: JSON.stringify(tallyToJson(tally)),
    deployments: tally.deployments,
  };
}
