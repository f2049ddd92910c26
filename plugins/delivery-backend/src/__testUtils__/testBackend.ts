import type { BackendFeature } from '@backstage/backend-plugin-api';
import type { Entity } from '@backstage/catalog-model';
import type { JsonObject } from '@backstage/types';
import { startFamilyBackend } from '@fawkes/kit-backend-test';
import type { Knex } from 'knex';
import { deliveryPlugin } from '../plugin';
import { ORGANISATION_ENTITIES, personalCatalog } from './testCatalog';

/** How a test backend is set up. */
export interface TestBackendOptions {
  db: Knex;
  /** The database of other plugins. */
  others?: Knex;
  entities?: Entity[];
  /** The section `delivery` of the configuration. */
  settings?: JsonObject;
  /** More of the configuration. */
  config?: JsonObject;
  features?: BackendFeature[];
  /** Lets the events service of other features stand in for the fake one. */
  ownEvents?: boolean;
}

/** The plugin behind HTTP, with everything around it in the hands of the test. */
export type TestBackend = Awaited<ReturnType<typeof createTestBackend>>;

/** Starts the whole plugin as a portal would. */
export async function createTestBackend({
  settings = {},
  config,
  entities = ORGANISATION_ENTITIES,
  ...options
}: TestBackendOptions) {
  const backend = await startFamilyBackend({
    ...options,
    pluginId: 'delivery',
    plugin: deliveryPlugin,
    catalog: personalCatalog(entities),
    config: { delivery: settings, ...config },
  });
  return { ...backend, settle: () => settled(options.db) };
}

/** Resolves when the worker has turned everything into numbers. */
export async function settled(db: Knex): Promise<void> {
  const waiting = async () => {
    const counts = await Promise.all([
      db('inbox').where('state', 'received').count({ count: '*' }),
      db('dirty_services').count({ count: '*' }),
      db('dirty_days').count({ count: '*' }),
    ]);
    return counts.some(([{ count }]) => Number(count) > 0);
  };
  while (await waiting()) {
    await new Promise(resolve => setTimeout(resolve, 10));
  }
}
