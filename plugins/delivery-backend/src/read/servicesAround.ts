import type { Knex } from 'knex';
import type { Stored } from '../store/tables';

/**
 * Every service an answer about a deployment may name or depend on: its own,
 * those that live in its repositories, and those its incidents are of or were
 * caused by. Asked for once, so that what a caller may see is looked up once.
 */
export async function servicesAround(
  db: Knex,
  row: Stored<'deployments'>,
): Promise<string[]> {
  const incidents = () =>
    db('incident_links')
      .where('deployment_key', row.key)
      .select('incident_key');
  const repositories = await Promise.all([
    db('deployment_parts')
      .where('fact_key', row.fact_key)
      .distinct('repository'),
    db('links').where('deployment_key', row.key).distinct('repository'),
    db('incidents')
      .whereIn('fact_key', incidents())
      .whereNotNull('repository')
      .distinct('repository'),
  ]);
  const names = new Set(repositories.flat().map(found => found.repository));
  const services = await Promise.all([
    db('service_repositories')
      .whereIn('repository', [...names])
      .distinct('service_ref'),
    db('incidents')
      .whereIn('fact_key', incidents())
      .whereNotNull('service')
      .distinct({ service_ref: 'service' }),
    db('deployments')
      .whereIn(
        'key',
        db('incident_links')
          .whereIn('incident_key', incidents())
          .select('deployment_key'),
      )
      .distinct('service_ref'),
  ]);
  const refs = services.flat().map((found): string => found.service_ref);
  return [...new Set([row.service_ref, ...refs])];
}
