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

/** What waits, in the order it is worked off: each step leaves its work to the next as it commits. */
const WAITING = [
  (db: Knex) => db('inbox').where('state', 'received'),
  (db: Knex) => db('dirty_incidents'),
  (db: Knex) => db('dirty_services'),
  (db: Knex) => db('deployment_changes').whereNull('number'),
  (db: Knex) => db('deployment_news'),
  (db: Knex) => db('dirty_days'),
];
/** How long a test waits for the worker, in ms. */
const PATIENCE_MS = 45_000;

/**
 * Resolves when the worker has turned everything into numbers. Asked one after
 * the other: at once, what moves from one to the next could be missed.
 */
export async function settled(db: Knex): Promise<void> {
  const deadline = Date.now() + PATIENCE_MS;
  for (const waiting of WAITING) {
    for (;;) {
      const [{ count }] = await waiting(db).count({ count: '*' });
      if (Number(count) === 0) break;
      if (Date.now() > deadline) {
        throw new Error(`The worker has not settled: ${count} still wait`);
      }
      await new Promise(resolve => setTimeout(resolve, 10));
    }
  }
}
