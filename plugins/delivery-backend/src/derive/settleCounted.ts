import type { Knex } from 'knex';
import { rawRows } from '../store/dialect';

/**
 * With several production environments each has its own chain, and a change
 * counts where it arrived first. Settles that flag for a service.
 *
 * @returns finishes of the links whose flag turned
 */
export async function settleCounted(
  tx: Knex.Transaction,
  service: string,
): Promise<number[]> {
  const [chains] = await rawRows<{ first: string; last: string }>(
    tx,
    `select
      (select min(environment) from links where service_ref = ?) as first,
      (select max(environment) from links where service_ref = ?) as last`,
    [service, service],
  );
  if (chains.first === chains.last) return [];
  // Found by its change, see linkOf in loadGraph.
  const first = `not exists (
    select 1 from links other
    where coalesce(other.service_ref, '') = links.service_ref
      and other.repository = links.repository
      and other.change_id = links.change_id
      and other.kind = links.kind
      and other.coverage = 'contained'
      and other.environment <> links.environment
      and (other.finished_at < links.finished_at
        or (other.finished_at = links.finished_at
          and other.environment < links.environment)))`;
  const rows = await rawRows<{ finished_at: number }>(
    tx,
    `update links set counted = not counted
      where service_ref = ? and coverage = 'contained' and counted <> (${first})
      returning finished_at`,
    [service],
  );
  return rows.map(row => row.finished_at);
}
