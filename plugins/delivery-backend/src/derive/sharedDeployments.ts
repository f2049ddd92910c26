import type { Knex } from 'knex';
import { rowsFrom } from '../store/dialect';
import type { DirtyServices } from '../store/dirty';
import type { ServiceDeployment } from './loadFacts';

/** What makes deployments of several services one deployment. */
interface Name {
  source: string;
  environment: string;
  ext_id: string;
}

const NAME = { source: 'text', environment: 'text', ext_id: 'text' } as const;

/**
 * Deployments that also count for another service: told for both under one id,
 * or told without a service and touching repositories of both.
 *
 * @returns keys of those among `deployments`
 */
export async function sharedKeys(
  tx: Knex.Transaction,
  service: string,
  deployments: readonly ServiceDeployment[],
): Promise<Set<string>> {
  const shared = new Set<string>();
  for (let start = 0; start < deployments.length; start += 5_000) {
    const slice = deployments.slice(start, start + 5_000);
    const names = slice.map(toName);
    const rows: Name[] = await tx('deployment_facts')
      .innerJoin(rowsFrom(tx, NAME, names), join =>
        join
          .on('k.ext_id', '=', 'deployment_facts.ext_id')
          .on('k.source', '=', 'deployment_facts.source')
          .on('k.environment', '=', 'deployment_facts.environment'),
      )
      .where('deployment_facts.known', 'known')
      .where(query =>
        query
          .whereNotIn('deployment_facts.service', ['', service])
          .orWhere(unnamed =>
            unnamed
              .where('deployment_facts.service', '')
              .whereExists(
                tx('deployment_parts')
                  .innerJoin(
                    'service_repositories',
                    'service_repositories.repository',
                    'deployment_parts.repository',
                  )
                  .whereRaw(
                    'deployment_parts.fact_key = deployment_facts.fact_key',
                  )
                  .whereNot('service_repositories.service_ref', service)
                  .select('deployment_parts.fact_key'),
              ),
          ),
      )
      .distinct(
        'deployment_facts.source',
        'deployment_facts.environment',
        'deployment_facts.ext_id',
      );
    const found = new Set(rows.map(nameOf));
    slice.forEach(({ key }, index) => {
      if (found.has(nameOf(names[index]))) shared.add(key);
    });
  }
  return shared;
}

/**
 * Marks services whose rows do not say yet that they share a deployment with
 * this one, or still say so after it has gone.
 */
export async function markSiblings(
  tx: Knex.Transaction,
  service: string,
  now: readonly ServiceDeployment[],
  gone: readonly Name[],
  dirty: DirtyServices,
): Promise<void> {
  for (const [names, shared] of [
    [now.map(toName), false],
    [gone, true],
  ] as const) {
    for (let start = 0; start < names.length; start += 5_000) {
      const rows: Array<{ service_ref: string; from: number }> = await tx(
        'deployments',
      )
        .innerJoin(
          rowsFrom(tx, NAME, names.slice(start, start + 5_000)),
          join =>
            join
              .on('k.ext_id', '=', 'deployments.ext_id')
              .on('k.source', '=', 'deployments.source')
              .on('k.environment', '=', 'deployments.environment'),
        )
        .whereNot('deployments.service_ref', service)
        .where('deployments.shared', shared)
        .select('deployments.service_ref')
        .min({ from: 'deployments.at' })
        .groupBy('deployments.service_ref');
      for (const row of rows) dirty.add(row.service_ref, Number(row.from));
    }
  }
}

function toName({ source, environment, id }: ServiceDeployment): Name {
  return { source, environment, ext_id: id };
}

function nameOf({ source, environment, ext_id }: Name): string {
  return JSON.stringify([source, environment, ext_id]);
}
