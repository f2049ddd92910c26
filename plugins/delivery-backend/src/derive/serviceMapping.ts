import type { Knex } from 'knex';

/** How the catalog maps facts to one service. */
export interface ServiceMapping {
  service: string;
  title: string;
  /** Normalised repositories whose deployments and commits are the service's. */
  repositories: string[];
  /** Globs of the service's part of them; empty = all. */
  paths: string[];
  /** Names of production environments; empty = the configured rule. */
  environments: string[];
  /** Part of the sample organisation. */
  sample: boolean;
}

/** What a service is known by when the catalog does not have it. */
export function unmapped(service: string): ServiceMapping {
  return {
    service,
    title: service.replace(/^.*\//, ''),
    repositories: [],
    paths: [],
    environments: [],
    sample: false,
  };
}

/** The mapping of a service as the last catalog refresh saw it. */
export async function readMapping(
  db: Knex,
  service: string,
): Promise<ServiceMapping> {
  const row = await db('services')
    .where('service_ref', service)
    .first('mapping');
  return row ? JSON.parse(row.mapping) : unmapped(service);
}
