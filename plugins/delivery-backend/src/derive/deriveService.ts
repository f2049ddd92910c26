import type { Knex } from 'knex';
import { isProduction } from '@fawkes/backstage-plugin-delivery-common';
import { insertRows } from '../store/dialect';
import { DirtyServices, saveDirtyDays } from '../store/dirty';
import { CAUSES_GUARD, guard } from '../store/guards';
import { markSiblings, sharedKeys } from './sharedDeployments';
import { deriveChain, type ChainOptions, type Derived } from './deriveChain';
import { settleCounted } from './settleCounted';
import { judgeDeployments } from './judgeDeployments';
import { loadServiceDeployments, type ServiceDeployment } from './loadFacts';
import { relinkCaused } from './relinkCaused';
import type { ServiceMapping } from './serviceMapping';

/** What deriving depends on besides the facts. */
export interface DeriveContext extends ChainOptions {
  now: number;
  /** W: how long after a deployment an incident is put down to it, in ms. */
  incidentWindowMs: number;
  productionPattern: RegExp;
  /** The local day of an instant, in the zone of the roll-ups. */
  dayOf(ms: number): string;
}

const FACT_COLUMNS = {
  key: 'text',
  service_ref: 'text',
  fact_key: 'text',
  environment: 'text',
  source: 'text',
  ext_id: 'text',
  production: 'bool',
  status: 'text',
  kind: 'text',
  version: 'text',
  url: 'text',
  artifact: 'text',
  started_at: 'double',
  finished_at: 'double',
  occurred_at: 'double',
  at: 'double',
  unplanned: 'bool',
  fixes_incident: 'text',
  reached: 'bool',
  success: 'bool',
  seed: 'bool',
  method: 'text',
  confidence: 'text',
  changes: 'int',
  lead_p50: 'double',
  shared: 'bool',
  sandbox: 'bool',
  failed: 'bool',
  causes: 'text',
  rework: 'bool',
} as const;

/** Columns the judging writes; deriving leaves them as they are. */
const JUDGED = ['failed', 'causes', 'rework'];

/**
 * Derives one service again: the deployments that count for it, what they
 * contain from `from` on, and the verdicts that may change by what happened at
 * or after `judgeFrom`. The result depends on the facts alone, not on the way
 * they came in.
 */
export async function deriveService(
  tx: Knex.Transaction,
  mapping: ServiceMapping,
  { from, judgeFrom }: { from: number; judgeFrom: number },
  context: DeriveContext,
): Promise<void> {
  const { service } = mapping;
  const before = await tx('deployments')
    .where('service_ref', service)
    .where('at', '>=', from)
    .select('key', 'environment', 'at', 'source', 'ext_id');
  const deployments = await loadServiceDeployments(tx, mapping, from);
  const production = (environment: string) =>
    isProduction(environment, mapping.environments, context.productionPattern);

  const environments = new Set(
    [...deployments, ...before].map(row => row.environment),
  );
  const derived = new Map<string, Derived>();
  const caused = await causesTold(
    tx,
    before.map(row => row.key),
  );
  for (const environment of [...environments].sort()) {
    const chain = production(environment)
      ? deployments.filter(row => row.environment === environment)
      : [];
    for (const [key, value] of await deriveChain(
      tx,
      mapping,
      environment,
      chain,
      from,
      context,
    )) {
      derived.set(key, value);
    }
  }

  const shared = await sharedKeys(tx, service, deployments);
  const rows = deployments.map(deployment =>
    toRow(
      deployment,
      mapping,
      production(deployment.environment),
      derived.get(deployment.key),
      shared.has(deployment.key),
      context,
    ),
  );
  const keep = new Set(deployments.map(deployment => deployment.key));
  const gone = before.filter(row => !keep.has(row.key));
  await remove(
    tx,
    gone.map(row => row.key),
  );
  await insertRows(tx, 'deployments', FACT_COLUMNS, rows, {
    keys: ['key'],
    update: Object.keys(FACT_COLUMNS).filter(
      name => name !== 'key' && !JUDGED.includes(name),
    ),
  });

  const days = new Set<string>();
  for (const row of [...before, ...deployments])
    days.add(context.dayOf(row.at));
  for (const at of await settleCounted(tx, service))
    days.add(context.dayOf(at));
  if (from === 0) {
    for (const at of await incidentsOpened(tx, service)) {
      days.add(context.dayOf(at));
    }
  }

  const dirty = new DirtyServices();
  await markSiblings(
    tx,
    deployments.filter(({ key }) => shared.has(key)),
    gone,
    dirty,
  );
  for (const key of await causesTold(tx, [...keep])) caused.add(key);
  if (caused.size > 0) {
    // Another service may be what they mean; one of two that are derived at the
    // same time has to see what the other found.
    await guard(tx, [CAUSES_GUARD], 'alone');
    await relinkCaused(tx, [...caused].sort(), dirty);
  }
  const since = dirty.takeVerdicts(service) ? 0 : judgeFrom;
  const stale = { from: since, environments };
  for (const at of await judgeDeployments(tx, service, stale, context)) {
    days.add(context.dayOf(at));
  }
  await countFacts(tx, service);
  await saveDirtyDays(tx, service, days, context.now);
  await dirty.save(tx, context.now);
}

/** A service derived from its beginning is also rolled up from there. */
async function incidentsOpened(
  tx: Knex.Transaction,
  service: string,
): Promise<number[]> {
  const rows = await tx('incidents')
    .where({ service, known: 'known' })
    .distinct('opened_at');
  return rows.map(row => row.opened_at);
}

async function remove(tx: Knex.Transaction, keys: readonly string[]) {
  for (let start = 0; start < keys.length; start += 5_000) {
    const slice = keys.slice(start, start + 5_000);
    await tx('deployments').whereIn('key', slice).delete();
    await tx('incident_links').whereIn('deployment_key', slice).delete();
  }
}

/** Keeps in view which sources tell about a service, and since when. */
async function countFacts(
  tx: Knex.Transaction,
  service: string,
): Promise<void> {
  await tx('service_facts').where('service_ref', service).delete();
  await tx.raw(
    `insert into service_facts (service_ref, source, first_at, last_at, deployments)
      select service_ref, source, min(at), max(at), count(*)
      from deployments
      where service_ref = ? and production = ? and reached = ?
      group by service_ref, source`,
    [service, true, true],
  );
}

/** Incidents whose named cause is one of these deployments or what they carry. */
async function causesTold(
  tx: Knex.Transaction,
  keys: readonly string[],
): Promise<Set<string>> {
  const incidents = new Set<string>();
  if (keys.length === 0) return incidents;
  const named = await tx('incidents')
    .whereNotNull('caused_by')
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

function toRow(
  deployment: ServiceDeployment,
  mapping: ServiceMapping,
  production: boolean,
  derived: Derived | undefined,
  shared: boolean,
  context: DeriveContext,
): Record<keyof typeof FACT_COLUMNS, string | number | boolean | null> {
  const success = deployment.status === 'success';
  return {
    key: deployment.key,
    service_ref: mapping.service,
    fact_key: deployment.factKey,
    environment: deployment.environment,
    source: deployment.source,
    ext_id: deployment.id,
    production,
    status: deployment.status,
    kind: deployment.kind,
    version: deployment.version,
    url: deployment.url,
    artifact: deployment.artifact,
    started_at: deployment.startedAt,
    finished_at: deployment.finishedAt,
    occurred_at: deployment.occurredAt,
    at: deployment.at,
    unplanned: deployment.unplanned,
    fixes_incident: deployment.fixesIncident,
    reached: success || deployment.status === 'rolled_back',
    success,
    seed: derived?.seed ?? false,
    method: derived?.method ?? 'none',
    confidence: derived?.confidence ?? 'low',
    changes: derived?.changes ?? 0,
    lead_p50: derived?.leadP50 ?? null,
    shared,
    sandbox: context.isSandbox(deployment.source),
    failed: false,
    causes: '[]',
    rework: false,
  };
}
