import { earliestPer, perRow, rowsFrom } from '@fawkes/kit-backend/sql';
import type { Knex } from 'knex';
import { DEPLOYMENT_NAME, type DeploymentName } from '../../store/metricRows';
import type { DirtyServices } from '../../store/dirty';
import type { ServiceDeployment } from '../contain/serviceDeployment';

const NAMED = {
  ...DEPLOYMENT_NAME,
  fact_key: 'text',
  service_ref: 'text',
  own_key: 'text',
} as const;

/**
 * Another fact of the same name, or one that counts for another service too.
 * The source is no equality to look up by: it has facts by the million, and
 * SQLite would rather go through them than use the id.
 */
const ALSO_TOLD = `deployment_facts.ext_id = k.ext_id
  and deployment_facts.chain = k.chain
  and coalesce(deployment_facts.source, '') = k.source
  and deployment_facts.known = 'known'
  and (deployment_facts.service <> '' and deployment_facts.fact_key <> k.fact_key
    or deployment_facts.service = '' and exists (
      select 1 from deployment_parts
      join service_repositories
        on service_repositories.repository = deployment_parts.repository
      where deployment_parts.fact_key = deployment_facts.fact_key
        and (service_repositories.service_ref <> k.service_ref
          or deployment_facts.fact_key <> k.fact_key)))`;

/**
 * Deployments that are told under one name with others: for several services
 * under one id, or without a service and touching repositories of several.
 *
 * @returns keys of those among `deployments`
 */
export async function sharedKeys(
  tx: Knex.Transaction,
  deployments: readonly ServiceDeployment[],
): Promise<Set<string>> {
  const shared = new Set<string>();
  for (let start = 0; start < deployments.length; start += 5_000) {
    const slice = deployments.slice(start, start + 5_000);
    const names = slice.map(deployment => ({
      ...toName(deployment),
      fact_key: deployment.factKey,
      service_ref: deployment.service,
      own_key: deployment.key,
    }));
    const rows: Array<{ own_key: string }> = await tx
      .distinct('k.own_key')
      .from(perRow(tx, NAMED, names, 'deployment_facts', ALSO_TOLD));
    for (const row of rows) shared.add(row.own_key);
  }
  return shared;
}

/**
 * Makes services stale whose rows do not say yet that they share a deployment with
 * one of these, or may still say so after it has gone. What is one job of several
 * has no row of its own, and shares its name like any other. That can be the service
 * itself, in a row before those of this run.
 */
export async function outdateSiblings(
  tx: Knex.Transaction,
  shared: readonly DeploymentName[],
  gone: readonly DeploymentName[],
  dirty: DirtyServices,
): Promise<void> {
  for (const [names, flag] of [
    [shared, false],
    [gone, true],
  ] as const) {
    for (let start = 0; start < names.length; start += 5_000) {
      const slice = names.slice(start, start + 5_000);
      const siblings = await earliestPer(
        tx('deployments')
          .innerJoin(rowsFrom(tx, DEPLOYMENT_NAME, slice), join =>
            join
              .on('k.ext_id', '=', 'deployments.ext_id')
              .on('k.source', '=', 'deployments.source')
              .on('k.chain', '=', 'deployments.chain'),
          )
          .where('deployments.shared', flag),
        'deployments.service_ref',
        'deployments.at',
      );
      for (const [service, from] of siblings) dirty.add(service, from);
    }
  }
}

/** What a deployment and its siblings have in common. */
export function toName({
  source,
  chain,
  id,
}: ServiceDeployment): DeploymentName {
  return { source, chain, ext_id: id };
}
