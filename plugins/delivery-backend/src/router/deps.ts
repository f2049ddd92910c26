import type { DeliverySource } from '@fawkes/backstage-plugin-delivery-node';
import type { Knex } from 'knex';
import type { DeliveryConfig } from '../config';
import type { Backfills } from '../jobs/backfill';
import type { Mapper } from '../intake/mappers';
import type { HideName } from '../intake/people';

/** What the routes are made of. */
export interface RouterDeps {
  db: Knex;
  config: DeliveryConfig;
  sources: ReadonlyMap<string, DeliverySource>;
  mappers: ReadonlyMap<string, Mapper>;
  backfills: Backfills;
  hideName: HideName;
  now: () => number;
  /** Tells the worker that something waits. */
  nudge(): void;
  /** Tells screens and other plugins which services have news. */
  announce(services: readonly string[]): void;
}
