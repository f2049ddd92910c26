import type { Knex } from 'knex';
import {
  emptyTally,
  mergeTallies,
  tallyFromJson,
  tallyToJson,
  type Tally,
} from '@fawkes/backstage-plugin-delivery-common';
import {
  columnsOf,
  forUpdate,
  insertRows,
  omit,
  select,
  type Table,
} from '@fawkes/kit-backend/sql';
import { tables } from '../../store/tables';

/** Tables that sum up everything, by unit and by some time. */
const SUMS = {
  rollupDays: { time: 'day', of: (day: string) => day },
  rollupMonths: { time: 'month', of: (day: string) => day.slice(0, 7) },
} as const;

/**
 * Adds what days of services have become to what everything comes to.
 *
 * @param differences - by `unit day`
 */
export async function addToSums(
  tx: Knex.Transaction,
  name: keyof typeof SUMS,
  differences: ReadonlyMap<string, readonly Tally[]>,
): Promise<void> {
  const { time, of } = SUMS[name];
  const table: Table = tables[name];
  const added = new Map<string, Tally[]>();
  for (const [key, tallies] of differences) {
    const [unit, day] = key.split(' ');
    const sum = `${unit} ${of(day)}`;
    added.set(sum, [...(added.get(sum) ?? []), ...tallies]);
  }
  const keys = [...added.keys()].sort().map(key => {
    const [unit, when] = key.split(' ');
    return { unit, [time]: when };
  });
  await insertRows(
    tx,
    table,
    keys.map(key => ({ ...key, ...summed(emptyTally()) })),
    'keep',
  );
  const query = tx(table.name)
    .whereIn(time, [...new Set(keys.map(key => key[time]))])
    .orderBy([...table.keys]);
  const rows = await forUpdate(
    tx,
    select(query, table, ...table.keys, 'tally'),
  );
  const updates = rows.flatMap(row => {
    const news = added.get(`${row.unit} ${row[time]}`);
    if (!news) return [];
    const before = tallyFromJson(JSON.parse(String(row.tally)));
    return [{ ...row, ...summed(mergeTallies([before, ...news])) }];
  });
  await insertRows(tx, table, updates, {
    update: columnsOf(omit(table, ...table.keys)),
  });
}

/** A sum as rows keep it; months leave the number of deployments out. */
function summed(tally: Tally) {
  return {
    tally: JSON.stringify(tallyToJson(tally)),
    deployments: tally.deployments,
  };
}
