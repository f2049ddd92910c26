import type { Knex } from 'knex';

/**
 * The earliest instant a query finds for each value of a column.
 *
 * @param column - what to tell apart by, qualified where a join makes it ambiguous
 * @param at - column of the instant
 * @public
 */
export async function earliestPer(
  query: Knex.QueryBuilder,
  column: string,
  at: string,
): Promise<Map<string, number>> {
  const rows: Array<{ group: string; at: number | string }> = await query
    .select({ group: column })
    .min({ at })
    .groupBy(column);
  return new Map(rows.map(row => [row.group, Number(row.at)]));
}
