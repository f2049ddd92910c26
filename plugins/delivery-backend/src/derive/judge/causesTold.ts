import { lookUp, rawRows, rowSource } from '@fawkes/kit-backend/sql';
import type { Knex } from 'knex';

/** Incidents whose named cause is one of these deployments or what they carry. */
export async function causesTold(
  tx: Knex.Transaction,
  keys: readonly string[],
): Promise<Set<string>> {
  const incidents = new Set<string>();
  if (keys.length === 0) return incidents;
  const named = await tx('incidents')
    .whereNotNull('caused_by')
    // By its index, however few there are.
    .orderBy('caused_by')
    .first('fact_key');
  if (!named) return incidents;
  const find = (table: string, condition: string) =>
    lookUp(tx, table, condition);
  const deployments = find('deployments', 'deployments.key = k.key');
  const members = find(
    'deployment_members',
    'deployment_members.counted_key = k.key',
  );
  for (let start = 0; start < keys.length; start += 5_000) {
    const source = rowSource(
      tx,
      { key: 'text' },
      keys.slice(start, start + 5_000).map(key => ({ key })),
    );
    const rows = await rawRows<{ fact_key: string }>(
      tx,
      `with keys as materialized (select key from ${source.sql}),
      names as materialized (
        select deployments.ext_id as cause from keys as k ${deployments}
        union select deployments.artifact from keys as k ${deployments}
        union select deployment_parts.sha from keys as k ${deployments}
          ${find(
            'deployment_parts',
            'deployment_parts.fact_key = deployments.fact_key',
          )}
        union select links.change_id from keys as k
          ${find('links', 'links.deployment_key = k.key')}
        union select deployments.key from keys as k ${deployments}
        union select deployment_members.ext_id from keys as k ${members}
        union select deployment_members.key from keys as k ${members}
        union select deployment_parts.sha from keys as k ${members}
          ${find(
            'deployment_parts',
            'deployment_parts.fact_key = deployment_members.fact_key',
          )}
      )
      select incidents.fact_key from names
        ${find('incidents', 'incidents.caused_by = names.cause')}
      union all select incidents.fact_key from names
        ${find(
          'incidents',
          'incidents.cause_prefix = substr(names.cause, 1, 7)',
        )}
      union all select incident_links.incident_key from keys as k
        ${find(
          'incident_links',
          "incident_links.deployment_key = k.key and incident_links.rule = 'caused-by'",
        )}`,
      source.bindings,
    );
    for (const row of rows) incidents.add(row.fact_key);
  }
  return incidents;
}
