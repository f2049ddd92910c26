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
  for (let start = 0; start < keys.length; start += 5_000) {
    const slice = keys.slice(start, start + 5_000);
    const rows: Array<{ fact_key: string }> = await tx('incidents')
      .innerJoin('deployments', 'deployments.ext_id', 'incidents.caused_by')
      .whereIn('deployments.key', slice)
      .select('incidents.fact_key')
      .union([
        tx('incidents')
          .innerJoin(
            'deployments',
            'deployments.artifact',
            'incidents.caused_by',
          )
          .whereIn('deployments.key', slice)
          .select('incidents.fact_key'),
        tx('incidents')
          .innerJoin('links', 'links.change_id', 'incidents.caused_by')
          .whereIn('links.deployment_key', slice)
          .select('incidents.fact_key'),
        tx('incidents')
          .innerJoin(
            'deployment_parts',
            'deployment_parts.sha',
            'incidents.caused_by',
          )
          .innerJoin(
            'deployments',
            'deployments.fact_key',
            'deployment_parts.fact_key',
          )
          .whereIn('deployments.key', slice)
          .select('incidents.fact_key'),
        tx('incident_links')
          .whereIn('deployment_key', slice)
          .where('rule', 'caused-by')
          .select({ fact_key: 'incident_key' }),
      ]);
    for (const row of rows) incidents.add(row.fact_key);
  }
  return incidents;
}
