import type { Knex } from 'knex';
import { isProduction } from '@fawkes/backstage-plugin-delivery-common';
import {
  columnsOf,
  insertRows,
  omit,
  perRow,
  type NewRowOf,
} from '@fawkes/kit-backend/sql';
import { deploymentsGone, deploymentsMoved } from '../store/changes';
import { DirtyDays, DirtyServices } from '../store/dirty';
import { CAUSES_LOCK, lock } from '../store/locks';
import type { DeploymentName } from '../store/metricRows';
import { tables } from '../store/tables';
import { causesTold } from './causesTold';
import { countFacts } from './countFacts';
import {
  deriveChains,
  type Chain,
  type ChainOptions,
  type Derived,
} from './deriveChains';
import { judgeDeployments } from './judgeDeployments';
import { loadDeployments, type ServiceDeployment } from './loadFacts';
import { relinkCaused } from './relinkCaused';
import type { ServiceMapping } from './serviceMapping';
import { settleCounted } from './settleCounted';
import { markSiblings, sharedKeys } from './sharedDeployments';
import { FROM, fromRows, type StaleService } from './staleService';

/** What deriving depends on besides the facts. */
export interface DeriveContext extends ChainOptions {
  now: number;
  /** W: how long after a deployment an incident is put down to it, in ms. */
  incidentWindowMs: number;
  productionPattern: RegExp;
  /** The local day of an instant, in the zone of the roll-ups. */
  dayOf(ms: number): string;
}

/** What deriving writes: all but what only a verdict has. */
const DERIVED = omit(
  tables.deployments,
  'rework_reason',
  'detected_at',
  'recovered_at',
  'recovered_by',
  'recovered_key',
  'gap_seconds',
);

/** Columns the judging writes; deriving leaves them as they are. */
const JUDGED = ['failed', 'causes', 'rework'] as const;

const REWRITTEN = columnsOf(omit(DERIVED, 'key', ...JUDGED));

/** A row that is there already and says the same is not written again. */
const WHERE_DIFFERENT = `${REWRITTEN.map(
  name => `${name} = excluded.${name}`,
).join(', ')} where ${REWRITTEN.map(
  name => `deployments.${name} is distinct from excluded.${name}`,
).join(' or ')}`;

/**
 * Derives services again: the deployments that count for each, what they
 * contain from `from` on, and the verdicts that may change by what happened at
 * or after `judgeFrom`. The result depends on the facts alone, not on the way
 * they came in, nor on which services are derived together.
 */
export async function deriveServices(
  tx: Knex.Transaction,
  stale: readonly StaleService[],
  context: DeriveContext,
): Promise<void> {
  const services = stale.map(({ mapping }) => mapping.service);
  const before = await derivedBefore(tx, stale);
  const told = await loadDeployments(tx, stale);
  const deployments = [...told.values()].flat();
  const environments = new Map(
    services.map(service => [service, new Set<string>()]),
  );
  for (const { service, environment } of [...deployments, ...before]) {
    environments.get(service)!.add(environment);
  }
  const caused = await causesTold(
    tx,
    before.map(row => row.key),
  );
  const chains = stale.flatMap(({ mapping, from }) =>
    [...environments.get(mapping.service)!]
      .sort()
      .map(environment => toChain(mapping, environment, from, told, context)),
  );
  const derived = await deriveChains(tx, chains, context);

  const shared = await sharedKeys(tx, deployments);
  const mappings = new Map(
    stale.map(({ mapping }) => [mapping.service, mapping]),
  );
  const rows = deployments.map(deployment =>
    toRow(
      deployment,
      isProductionOf(
        mappings.get(deployment.service)!,
        context,
      )(deployment.environment),
      derived.get(deployment.key),
      shared.has(deployment.key),
      context,
    ),
  );
  const keep = new Set(deployments.map(({ key }) => key));
  const gone = before.filter(({ key }) => !keep.has(key));
  await remove(
    tx,
    gone.map(({ key }) => key),
  );
  const written = await insertRows(
    tx,
    DERIVED,
    rows,
    { update: WHERE_DIFFERENT },
    ['key'],
  );
  await deploymentsMoved(
    tx,
    written.map(({ key }) => key),
  );

  const days = new DirtyDays();
  for (const { service, at } of [
    ...before,
    ...deployments,
    ...(await settleCounted(tx, services)),
    ...(await incidentsOpened(
      tx,
      stale.flatMap(({ mapping, from }) => (from === 0 ? mapping.service : [])),
    )),
  ]) {
    days.add(service, context.dayOf(at));
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
    await lock(tx, [CAUSES_LOCK], 'alone');
    await relinkCaused(tx, [...caused].sort(), dirty);
  }
  const judged = await judgeDeployments(
    tx,
    stale.map(({ mapping: { service }, judgeFrom }) => ({
      service,
      from: dirty.takeVerdicts(service) ? 0 : judgeFrom,
      environments: environments.get(service)!,
    })),
    context,
  );
  for (const { service, at } of judged) days.add(service, context.dayOf(at));
  await countFacts(tx, services);
  await days.save(tx, context.now);
  await dirty.save(tx, context.now);
}

/** A row that was derived before. */
interface DerivedBefore extends DeploymentName {
  key: string;
  service: string;
  at: number;
}

async function derivedBefore(
  tx: Knex.Transaction,
  stale: readonly StaleService[],
): Promise<DerivedBefore[]> {
  return tx
    .select({
      key: 'deployments.key',
      service: 'deployments.service_ref',
      environment: 'deployments.environment',
      at: 'deployments.at',
      source: 'deployments.source',
      ext_id: 'deployments.ext_id',
    })
    .from(
      perRow(
        tx,
        FROM,
        fromRows(stale),
        'deployments',
        'deployments.service_ref = k.service_ref and deployments.at >= k.from_at',
      ),
    );
}

function toChain(
  mapping: ServiceMapping,
  environment: string,
  from: number,
  told: ReadonlyMap<string, readonly ServiceDeployment[]>,
  context: DeriveContext,
): Chain {
  const { service } = mapping;
  const deployments = isProductionOf(mapping, context)(environment)
    ? told.get(service)!.filter(row => row.environment === environment)
    : [];
  return { service, environment, mapping, from, deployments };
}

function isProductionOf(mapping: ServiceMapping, context: DeriveContext) {
  return (environment: string) =>
    isProduction(environment, mapping.environments, context.productionPattern);
}

/** Services derived from their beginning are also rolled up from there. */
async function incidentsOpened(
  tx: Knex.Transaction,
  services: readonly string[],
): Promise<Array<{ service: string; at: number }>> {
  if (services.length === 0) return [];
  return tx('incidents')
    .whereIn('service', [...services])
    .where('known', 'known')
    .distinct({ service: 'service', at: 'opened_at' });
}

async function remove(tx: Knex.Transaction, keys: readonly string[]) {
  for (let start = 0; start < keys.length; start += 5_000) {
    const slice = keys.slice(start, start + 5_000);
    await tx('deployments').whereIn('key', slice).delete();
    await tx('incident_links').whereIn('deployment_key', slice).delete();
    await deploymentsGone(tx, slice);
  }
}

function toRow(
  deployment: ServiceDeployment,
  production: boolean,
  derived: Derived | undefined,
  shared: boolean,
  context: DeriveContext,
): NewRowOf<typeof DERIVED> {
  const success = deployment.status === 'success';
  return {
    key: deployment.key,
    service_ref: deployment.service,
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
    actor: deployment.actor,
    told_parts: deployment.toldParts,
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
