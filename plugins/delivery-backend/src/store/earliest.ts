import type { Knex } from 'knex';

/**
 * The earliest instant per service of a query.
 *
 * @param service - qualified column of the service
 * @param at - qualified column of the instant
 */
export async function earliestPerService(
  query: Knex.QueryBuilder,
  service: string,
  at: string,
): Promise<Array<{ service: string; from: number }>> {
  const rows: Array<{ service: string; from: number }> = await query
    .select({ service })
    .min({ from: at })
    .groupBy(service);
  return rows.map(row => ({ service: row.service, from: Number(row.from) }));
}
