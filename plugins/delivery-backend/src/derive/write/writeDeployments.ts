import { reachedProduction } from '@fawkes/backstage-plugin-delivery-common';
import {
  columnsOf,
  insertRows,
  omit,
  type NewRowOf,
} from '@fawkes/kit-backend/sql';
import type { Knex } from 'knex';
import { deploymentsGone, deploymentsMoved } from '../../store/changes';
import { DirtyDays, DirtyServices } from '../../store/dirty';
import type { DeploymentName } from '../../store/metricRows';
import { tables } from '../../store/tables';
import type { Contained, Happened } from '../contain/contain';
import type { Derived } from '../contain/deriveChains';
import type { ServiceDeployment } from '../contain/serviceDeployment';
import type { DeriveContext } from '../deriveContext';
import { isProductionOf } from '../serviceMapping';
import { countFacts } from './countFacts';
import { outdateSiblings, sharedKeys, toName } from './sharedDeployments';

/** What writing outdated; judging adds to it. */
export interface Outdated {
  days: DirtyDays;
  /** Other services, and rows of these that are not derived now. */
  services: DirtyServices;
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

/** The second phase: a row for each deployment that counts, none for those that no longer do. */
export async function writeDeployments(
  tx: Knex.Transaction,
  contained: Contained,
  context: DeriveContext,
): Promise<Outdated> {
  const { stale, before, deployments, brought, turned } = contained;
  const shared = await sharedKeys(tx, deployments);
  const members = await loadMembers(tx, before);
  const mappings = new Map(
    stale.map(({ mapping }) => [mapping.service, mapping]),
  );
  const keep = new Set(deployments.map(({ key }) => key));
  const gone = before.filter(({ key }) => !keep.has(key));
  await remove(
    tx,
    gone.map(({ key }) => key),
  );
  const rows = deployments.map(deployment => {
    const { key, service, chain } = deployment;
    const production = isProductionOf(mappings.get(service)!, chain, context);
    const sandbox = context.sandboxSources.has(deployment.source);
    return toRow(deployment, brought.get(key), {
      production,
      sandbox,
      shared: shared.has(key),
    });
  });
  await writeMembers(tx, deployments);
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
  await countFacts(
    tx,
    stale.map(({ mapping }) => mapping.service),
  );

  const days = new DirtyDays();
  const opened = await incidentsOpened(
    tx,
    stale.flatMap(({ mapping, from }) => (from === 0 ? mapping.service : [])),
  );
  for (const { service, at } of [
    ...before,
    ...deployments,
    ...turned,
    ...opened,
  ]) {
    days.add(service, context.dayOf(at));
  }
  const services = new DirtyServices();
  const membersNow = deployments.flatMap(membersOf);
  const names = new Set(
    [...deployments.map(toName), ...membersNow].map(nameOf),
  );
  await outdateSiblings(
    tx,
    [
      ...deployments.filter(({ key }) => shared.has(key)).map(toName),
      ...membersNow,
    ],
    [...gone, ...members.filter(member => !names.has(nameOf(member)))],
    services,
  );
  return { days, services };
}

/** Services derived from their beginning are also rolled up from there. */
async function incidentsOpened(
  tx: Knex.Transaction,
  services: readonly string[],
): Promise<Happened[]> {
  if (services.length === 0) return [];
  return tx('incidents')
    .whereIn('service', [...services])
    .where('known', 'known')
    .distinct({ service: 'service', at: 'opened_at' });
}

/** Names of what is part of these as of now, in the database. */
async function loadMembers(
  tx: Knex.Transaction,
  counted: Contained['before'],
): Promise<DeploymentName[]> {
  const byKey = new Map(counted.map(one => [one.key, one]));
  const found: DeploymentName[] = [];
  // Most installations have none.
  if (!(await tx('deployment_members').first('key'))) return found;
  const keys = [...byKey.keys()];
  for (let start = 0; start < keys.length; start += 5_000) {
    const rows = await tx('deployment_members')
      .whereIn('counted_key', keys.slice(start, start + 5_000))
      .select('counted_key', 'ext_id');
    for (const { counted_key, ext_id } of rows) {
      const { source, chain } = byKey.get(counted_key)!;
      found.push({ source, chain, ext_id });
    }
  }
  return found;
}

/** Names of what is part of a deployment: told by one source, in one chain. */
function membersOf({
  source,
  chain,
  members,
}: ServiceDeployment): DeploymentName[] {
  return members.map(({ id }) => ({ source, chain, ext_id: id }));
}

function nameOf({ source, chain, ext_id }: DeploymentName): string {
  return JSON.stringify([source, chain, ext_id]);
}

/** Facts that are part of these, by which these are found as well. */
async function writeMembers(
  tx: Knex.Transaction,
  deployments: readonly ServiceDeployment[],
): Promise<void> {
  await forget(
    tx,
    'deployment_members',
    'counted_key',
    deployments.map(({ key }) => key),
  );
  const rows = deployments.flatMap(({ key, service, members }) =>
    members.map(member => ({
      key: member.key,
      counted_key: key,
      service_ref: service,
      fact_key: member.factKey,
      ext_id: member.id,
      at: member.at,
    })),
  );
  await insertRows(tx, tables.deploymentMembers, rows, {
    update: ['counted_key', 'at'],
  });
}

async function forget(
  tx: Knex.Transaction,
  table: string,
  column: string,
  values: readonly string[],
): Promise<void> {
  // Most installations have none.
  if (!(await tx(table).first(column))) return;
  for (let start = 0; start < values.length; start += 5_000) {
    await tx(table)
      .whereIn(column, values.slice(start, start + 5_000))
      .delete();
  }
}

async function remove(tx: Knex.Transaction, keys: readonly string[]) {
  await forget(tx, 'deployment_members', 'counted_key', keys);
  for (let start = 0; start < keys.length; start += 5_000) {
    const slice = keys.slice(start, start + 5_000);
    await tx('deployments').whereIn('key', slice).delete();
    await tx('incident_links').whereIn('deployment_key', slice).delete();
    await deploymentsGone(tx, slice);
  }
}

function toRow(
  deployment: ServiceDeployment,
  brought: Derived | undefined,
  flags: { production: boolean; shared: boolean; sandbox: boolean },
): NewRowOf<typeof DERIVED> {
  const success = deployment.status === 'success';
  return {
    key: deployment.key,
    service_ref: deployment.service,
    fact_key: deployment.factKey,
    environment: deployment.environment,
    chain: deployment.chain,
    source: deployment.source,
    ext_id: deployment.id,
    status: deployment.status,
    // What its sender says it was made for, else what was deployed shows it.
    kind: deployment.kind ?? brought?.repair ?? 'deploy',
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
    reached: reachedProduction(deployment),
    success,
    seed: brought?.seed ?? false,
    seed_repositories: JSON.stringify(brought?.seedRepositories ?? []),
    method: brought?.method ?? 'none',
    confidence: brought?.confidence ?? 'low',
    changes: brought?.changes ?? 0,
    lead_p50: brought?.leadP50 ?? null,
    ...flags,
    failed: false,
    causes: '[]',
    rework: false,
  };
}
