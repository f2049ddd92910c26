import type { Knex } from 'knex';
import {
  suspectsByCause,
  type SuspectDeployment,
} from '@fawkes/backstage-plugin-delivery-common';
import { insertRows, select } from '@fawkes/kit-backend/sql';
import { JUDGE_ONLY, type DirtyServices } from '../../store/dirty';
import { tables, type Stored } from '../../store/tables';

/**
 * Links incidents that name their cause to the deployments it means; the
 * services whose verdicts change by it are stale. An unknown cause links to nothing until
 * it arrives.
 */
export async function relinkCaused(
  tx: Knex.Transaction,
  incidentKeys: readonly string[],
  dirty: DirtyServices,
): Promise<void> {
  if (incidentKeys.length === 0) return;
  const incidents = await select(
    tx('incidents').whereIn('fact_key', [...incidentKeys]),
    tables.incidents,
    'fact_key',
    'known',
    'service',
    'opened_at',
    'caused_by',
  );
  const matches = await matchesOf(
    tx,
    incidents.flatMap(row => (row.caused_by ? [row.caused_by] : [])),
  );
  const before = await select(
    tx('incident_links')
      .whereIn('incident_key', [...incidentKeys])
      .where('rule', 'caused-by'),
    tables.incidentLinks,
    'incident_key',
    'deployment_key',
    'service_ref',
  );
  const old = new Map(
    before.map(row => [`${row.incident_key} ${row.deployment_key}`, row]),
  );
  const fresh: Array<Stored<'incidentLinks'>> = [];
  for (const incident of incidents) {
    if (incident.known !== 'known' || !incident.caused_by) continue;
    const suspects = suspectsByCause(
      { openedAt: Number(incident.opened_at), service: incident.service },
      matches.get(incident.caused_by) ?? [],
    );
    for (const suspect of suspects) {
      if (old.delete(`${incident.fact_key} ${suspect.key}`)) continue;
      dirty.add(suspect.service, JUDGE_ONLY);
      fresh.push({
        incident_key: incident.fact_key,
        deployment_key: suspect.key,
        service_ref: suspect.service,
        rule: 'caused-by',
      });
    }
  }
  for (const row of old.values()) {
    dirty.add(row.service_ref, JUDGE_ONLY);
    await tx('incident_links')
      .where({
        incident_key: row.incident_key,
        deployment_key: row.deployment_key,
        rule: 'caused-by',
      })
      .delete();
  }
  await insertRows(tx, tables.incidentLinks, fresh, {
    update: ['rule', 'service_ref'],
  });
}

/** Production deployments a cause may mean: by id, artifact, or a sha they carry. */
async function matchesOf(
  tx: Knex.Transaction,
  causes: readonly string[],
): Promise<Map<string, SuspectDeployment[]>> {
  const found = new Map<string, Map<string, SuspectDeployment>>();
  if (causes.length === 0) return new Map();
  const add = (cause: string, row: Record<string, unknown>) => {
    const suspects = found.get(cause) ?? new Map<string, SuspectDeployment>();
    const key = String(row.key);
    suspects.set(key, {
      key,
      source: String(row.source),
      id: String(row.ext_id),
      environment: String(row.environment),
      finishedAt: Number(row.finished_at),
      service: String(row.service_ref),
    });
    found.set(cause, suspects);
  };
  const columns = [
    'key',
    'source',
    'ext_id',
    'environment',
    'finished_at',
    'service_ref',
  ];
  const reached = () =>
    tx('deployments').where({ reached: true, production: true });

  const byId = await reached()
    .whereIn('ext_id', [...causes])
    .select(columns);
  for (const row of byId) add(row.ext_id, row);
  const byArtifact = await reached()
    .whereIn('artifact', [...causes])
    .select([...columns, 'artifact']);
  for (const row of byArtifact) add(row.artifact, row);

  const shas = causes.filter(cause => /^[0-9a-f]{40,64}$/.test(cause));
  if (shas.length > 0) {
    const qualified = columns.map(name => `deployments.${name}`);
    const byHead = await reached()
      .innerJoin(
        'deployment_parts',
        'deployment_parts.fact_key',
        'deployments.fact_key',
      )
      .whereIn('deployment_parts.sha', shas)
      .select([...qualified, 'deployment_parts.sha']);
    for (const row of byHead) add(row.sha, row);
    const contained = await reached()
      .innerJoin('links', 'links.deployment_key', 'deployments.key')
      .whereIn('links.change_id', shas)
      .where({ 'links.kind': 'commit', 'links.coverage': 'contained' })
      .select([...qualified, 'links.change_id']);
    for (const row of contained) add(row.change_id, row);
  }
  return new Map(
    [...found].map(([cause, suspects]) => [cause, [...suspects.values()]]),
  );
}
