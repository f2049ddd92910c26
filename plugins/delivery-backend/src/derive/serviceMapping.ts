import type { Said } from '@fawkes/kit-contract';
import type { Knex } from 'knex';
import {
  isProduction,
  type FormerName,
} from '@fawkes/backstage-plugin-delivery-common';
import { select } from '@fawkes/kit-backend/sql';
import { tables } from '../store/tables';

/** How the catalog maps facts to one service. */
export interface ServiceMapping {
  service: string;
  title: string;
  /**
   * Normalised repositories whose deployments and commits are the service's: as
   * the catalog names them, and as they are kept where {@link readMappings} reads
   * them.
   */
  repositories: string[];
  /** What repositories of its own were called before; absent without any. */
  former?: FormerName[];
  /** Patterns of the service's part of them; empty = all. */
  paths: string[];
  /** Names of production environments; empty = the configured rule. */
  environments: string[];
  /**
   * Rules of its own about which changes of bots, and which incidents, count;
   * absent when there are none, see `refused`.
   */
  bots?: string[];
  incidents?: string[];
  /** Part of the sample organisation. */
  sample: boolean;
  /**
   * What its annotations say and cannot be taken; absent when there is none, so
   * that a service without any reads as it always did.
   */
  refused?: RefusedValue[];
}

/** A value of an annotation that is as if it were not there. */
export interface RefusedValue {
  annotation: string;
  /** The value, clipped. */
  value: string;
  /** What is wrong with it, as the end of a sentence. */
  reason: string;
  /** What to do about it. */
  advice: string;
  /** The same with their codes; older refreshes kept the text alone. */
  reasonSaid?: Said;
  adviceSaid?: Said;
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

/** The mappings of services as the last catalog refresh saw them. */
export async function readMappings(
  db: Knex,
  services: readonly string[],
): Promise<Map<string, ServiceMapping>> {
  const rows = await select(
    db('services').whereIn('service_ref', [...services]),
    tables.services,
    'service_ref',
    'mapping',
  );
  const known = new Map(rows.map(row => [row.service_ref, row.mapping]));
  const living = await select(
    db('service_repositories')
      .whereIn('service_ref', [...services])
      .orderBy(['service_ref', 'repository']),
    tables.serviceRepositories,
  );
  const repositories = new Map<string, string[]>();
  for (const { service_ref, repository } of living) {
    const own = repositories.get(service_ref);
    if (own) own.push(repository);
    else repositories.set(service_ref, [repository]);
  }
  return new Map(
    services.map(service => {
      const mapping = known.get(service);
      return [
        service,
        {
          ...(mapping ? JSON.parse(mapping) : unmapped(service)),
          repositories: repositories.get(service) ?? [],
        },
      ];
    }),
  );
}

/** Whether deployments to an environment of a service count. */
export function isProductionOf(
  mapping: ServiceMapping,
  environment: string,
  { productionPattern }: { productionPattern: RegExp },
): boolean {
  return isProduction(environment, mapping.environments, productionPattern);
}
