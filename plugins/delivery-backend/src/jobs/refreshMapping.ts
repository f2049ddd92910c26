import type { AuthService } from '@backstage/backend-plugin-api';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import type { Knex } from 'knex';
import { canonicalJson } from '@fawkes/kit-contract';
import { insertRows, inTransaction } from '@fawkes/kit-backend/sql';
import type { ApplyContext } from '../intake/applyContext';
import type { ServiceMapping } from '../derive/serviceMapping';
import { incidentsMoved } from '../intake/incidentEffects';
import { DirtyServices } from '../store/dirty';
import { moveRepositories } from '../intake/moveRepositories';
import { namesChange } from '../intake/nameRepositories';
import { lock, INCIDENTS_LOCK, MAPPING_LOCK, NAMES_LOCK } from '../store/locks';
import { readNames } from '../store/repositoryNames';
import { tables } from '../store/tables';
import { mappingOf } from './mappingOf';

const FIELDS = ['kind', 'metadata'];

/**
 * Reads from the catalog which facts belong to which service. A changed
 * annotation re-links history: the service is derived again from its beginning,
 * and so are the services it shares a repository with.
 *
 * @returns the number of services whose mapping changed
 */
export async function refreshMapping(options: {
  db: Knex;
  catalog: CatalogService;
  auth: AuthService;
  apply: ApplyContext;
}): Promise<number> {
  const { db, catalog, auth, apply } = options;
  const credentials = await auth.getOwnServiceCredentials();
  const mappings = new Map<string, ServiceMapping>();
  for await (const entities of catalog.streamEntities(
    { filter: { kind: 'Component' }, fields: FIELDS },
    { credentials },
  )) {
    for (const mapping of entities.map(mappingOf)) {
      mappings.set(mapping.service, mapping);
    }
  }
  return inTransaction(db, tx => saveMappings(tx, mappings, apply));
}

/** Keeps what the catalog says; services whose history it changes are stale. */
export async function saveMappings(
  tx: Knex.Transaction,
  mappings: ReadonlyMap<string, ServiceMapping>,
  context: ApplyContext,
): Promise<number> {
  await lock(tx, [NAMES_LOCK], 'alone');
  const stored: Array<{ service_ref: string; mapping: string }> = await tx(
    'services',
  ).select('service_ref', 'mapping');
  const before = new Map(stored.map(row => [row.service_ref, row.mapping]));
  const changed = [...mappings.values()].filter(
    mapping => before.get(mapping.service) !== canonicalJson(mapping),
  );
  const gone = stored
    .filter(row => !mappings.has(row.service_ref))
    .map(row => row.service_ref);
  if (changed.length === 0 && gone.length === 0) return 0;
  const renamed = await namesChange(tx, {
    mappings: new Map<string, ServiceMapping | null>([
      ...changed.map(mapping => [mapping.service, mapping] as const),
      ...gone.map(service => [service, null] as const),
    ]),
  });
  await lock(
    tx,
    [...(renamed?.repositories ?? []), INCIDENTS_LOCK, MAPPING_LOCK],
    'alone',
  );
  const names = renamed?.names ?? (await readNames(tx));

  const touched = [...changed.map(({ service }) => service), ...gone];
  const dirty = new DirtyServices();
  const repositories = new Set<string>();
  for (const service of touched) {
    dirty.add(service, 0);
    const was: ServiceMapping | undefined = before.has(service)
      ? JSON.parse(before.get(service)!)
      : undefined;
    for (const name of [
      ...(was?.repositories ?? []),
      ...(mappings.get(service)?.repositories ?? []),
    ]) {
      repositories.add(names.now(name));
    }
  }
  const sharing = await tx('service_repositories')
    .whereIn('repository', [...repositories])
    .distinct('service_ref');
  for (const row of sharing) dirty.add(row.service_ref, 0);
  // What they deploy together may now be, or no longer be, a shared deployment.
  const together = await tx('deployments')
    .innerJoin(
      'deployment_parts',
      'deployment_parts.fact_key',
      'deployments.fact_key',
    )
    .whereIn('deployment_parts.repository', [...repositories])
    .distinct('deployments.service_ref');
  for (const row of together) dirty.add(row.service_ref, 0);

  await tx('service_repositories').whereIn('service_ref', touched).delete();
  await tx('services').whereIn('service_ref', gone).delete();
  await insertRows(
    tx,
    tables.services,
    changed.map(mapping => ({
      service_ref: mapping.service,
      title: mapping.title,
      mapping: canonicalJson(mapping),
      seen_at: context.now,
    })),
    { update: ['title', 'mapping', 'seen_at'] },
  );
  await insertRows(
    tx,
    tables.serviceRepositories,
    changed.flatMap(({ service, repositories: told }) =>
      [...new Set(told.map(name => names.now(name)))].map(repository => ({
        service_ref: service,
        repository,
      })),
    ),
    'keep',
  );
  if (renamed) await moveRepositories(tx, renamed, dirty, context);
  await incidentsMoved(tx, [...repositories], dirty, context);
  await dirty.save(tx, context.now);
  return touched.length;
}
