import { rawRows, rowSource } from '@fawkes/kit-backend/sql';
import type { Knex } from 'knex';

/**
 * With several production environments each has its own chain, and a change
 * counts where it arrived first; what the seed of another chain carried before
 * that is new nowhere. Sets that flag for services.
 *
 * @returns finishes of the links whose flag turned
 */
export async function settleCounted(
  tx: Knex.Transaction,
  services: readonly string[],
): Promise<Array<{ service: string; at: number }>> {
  const source = rowSource(
    tx,
    { service_ref: 'text' },
    services.map(service_ref => ({ service_ref })),
  );
  const end = (which: 'min' | 'max') =>
    `(select ${which}(environment) from links where links.service_ref = k.service_ref)`;
  const several = await rawRows<{ service_ref: string }>(
    tx,
    `select k.service_ref from ${source.sql} where ${end('min')} <> ${end(
      'max',
    )}`,
    source.bindings,
  );
  if (several.length === 0) return [];
  // Found by its change, see linkOf in deployedBefore.
  const first = `not exists (
    select 1 from links other
    where coalesce(other.service_ref, '') = links.service_ref
      and other.repository = links.repository
      and other.change_id = links.change_id
      and other.kind = links.kind
      and other.coverage in ('contained', 'seed')
      and other.environment <> links.environment
      and (other.finished_at < links.finished_at
        or (other.finished_at = links.finished_at
          and other.coverage = 'contained'
          and other.environment < links.environment)))`;
  const rows = await rawRows<{ service_ref: string; finished_at: number }>(
    tx,
    `update links set counted = not counted
      where service_ref in (${several.map(() => '?').join(', ')})
        and coverage = 'contained' and counted <> (${first})
      returning service_ref, finished_at`,
    several.map(row => row.service_ref),
  );
  return rows.map(row => ({ service: row.service_ref, at: row.finished_at }));
}
