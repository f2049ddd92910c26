import { mockServices } from '@backstage/backend-test-utils';
import type { Worker } from '@fawkes/kit-backend/work';
import type { Knex } from 'knex';
import {
  type Claim,
  type DeliveryEvent,
  type DeploymentNews,
  type MetricsResponse,
  type PartialClaim,
} from '@fawkes/backstage-plugin-delivery-common';
import { canonicalJson } from '@fawkes/kit-contract';
import { ConfigReader } from '@backstage/config';
import { readDeliveryConfig, type DeliveryConfig } from '../config';
import { deriveContextOf } from '../derive/deriveContext';
import type { ServiceMapping } from '../derive/serviceMapping';
import { eventMapper, type Mapper } from '../intake/mappers';
import { hideNamesWith, type HideName } from '../intake/people';
import { processInbox } from '../intake/processInbox';
import { recordEvents } from '../intake/recordEvents';
import { deliveryWorker } from '../jobs/worker';
import { measureScope } from '../measure/metrics';
import { MIGRATIONS } from '../store/database';
import {
  metricsQuerySchema,
  type MetricsQueryInput,
} from '@fawkes/backstage-plugin-delivery-common';
import { insertRows, inTransaction, sha256 } from '@fawkes/kit-backend/sql';
import type { ApplyContext } from '../intake/applyContext';
import { moveRepositories } from '../intake/moveRepositories';
import { namesChange } from '../intake/nameRepositories';
import { DirtyServices } from '../store/dirty';
import { keepMessages, type InboxMessage } from '../store/inbox';
import { tables } from '../store/tables';

/** The clock of tests: everything told lies before it. */
export const NOW = Date.parse('2026-06-30T12:00:00Z');

/** What a round leaves behind; settings and names to lock outlive it. */
const LEFT_BEHIND = Object.values(tables)
  .map(table => table.name)
  .filter(name => !['derived_settings', 'guards'].includes(name));

/** A delivery backend without HTTP, on a database of its own. */
export interface Harness {
  db: Knex;
  config: DeliveryConfig;
  worker: Worker;
  /** What the effects of claims depend on. */
  apply: ApplyContext;
  /** What other plugins were told of deployments. */
  published: DeploymentNews[];
  map(
    ...mappings: Array<Partial<ServiceMapping> & { service: string }>
  ): Promise<void>;
  /**
   * Takes one batch in, as `POST /events` does; claims, as sources make them, as
   * a webhook does.
   */
  tell(events: readonly unknown[]): ReturnType<typeof recordEvents>;
  /** Turns what waits into facts, and derives nothing from them. */
  receive(): Promise<number>;
  /** Works until nothing waits. */
  settle(): Promise<void>;
  metrics(
    services: string[],
    query?: MetricsQueryInput,
  ): Promise<MetricsResponse>;
  /** Removes every row, for the next round of a property. */
  clear(): Promise<void>;
}

/** The channel of claims that tests make themselves. */
const CLAIMS = 'claims';

/** Who understands what a harness is told. */
export const TEST_MAPPERS: ReadonlyMap<string, Mapper> = new Map<
  string,
  Mapper
>([
  ['event', eventMapper],
  [
    CLAIMS,
    ({ payload }) => ({ outcome: 'claims', claims: [payload as Claim] }),
  ],
]);

/** Sets a harness up on a migrated database. */
export async function createHarness(
  db: Knex,
  settings: object = {},
  mappers: ReadonlyMap<string, Mapper> = TEST_MAPPERS,
): Promise<Harness> {
  await db.migrate.latest({ directory: MIGRATIONS });
  const config = readDeliveryConfig(new ConfigReader({ delivery: settings }));
  const logger = mockServices.logger.mock();
  const hideName = hideNamesWith(config.identityKey);
  const context = deriveContextOf(config);
  const apply: ApplyContext = { now: NOW, dayOf: context.dayOf };
  const published: DeploymentNews[] = [];
  const worker = deliveryWorker({
    db,
    logger,
    mappers,
    context,
    now: () => NOW,
    onDerived: () => {},
    publish: async news => void published.push(news),
  });
  return {
    db,
    config,
    worker,
    apply,
    published,
    map: async (...mappings) => saveMappings(db, mappings, apply),
    tell: async events => (await tellTo(db, events, hideName)).answer,
    receive: () =>
      processInbox(db, 500, { now: NOW, ...context, mappers, logger }),
    settle: () => worker.settle(),
    metrics: (services, query = {}) =>
      measureScope(
        {
          entities: [],
          services: services.map(ref => ({
            ref,
            title: ref,
            owner: null,
            sample: false,
          })),
          single: services.length === 1,
        },
        metricsQuerySchema.parse({
          from: '2026-04-01',
          to: '2026-06-30',
          ...query,
        }),
        { db, config, now: NOW },
      ),
    clear: async () => {
      for (const name of LEFT_BEHIND) await db(name).delete();
      published.length = 0;
    },
  };
}

/**
 * Tells events and claims to a database.
 *
 * @returns the answer to the events, and how many claims were new
 */
export async function tellTo(
  db: Knex,
  events: readonly unknown[],
  hideName: HideName,
) {
  const claims = await keepMessages(
    db,
    events.filter(isClaim).map(toMessage),
    NOW,
  );
  const answer = await recordEvents(
    db,
    events.flatMap(value => (isClaim(value) ? [] : [{ value }])),
    { now: NOW, correlationId: 'test', hideName },
  );
  return { answer, claims: claims.size };
}

/** Whether it is told as sources do, and not as an event. */
export function isClaim(value: unknown): value is PartialClaim {
  return typeof value === 'object' && value !== null && 'claim' in value;
}

function toMessage(claim: PartialClaim): InboxMessage {
  const payload = canonicalJson(claim);
  return {
    channel: CLAIMS,
    source: claim.source,
    deliveryId: sha256(payload),
    payload,
  };
}

async function saveMappings(
  db: Knex,
  mappings: ReadonlyArray<Partial<ServiceMapping> & { service: string }>,
  apply: ApplyContext,
): Promise<void> {
  const whole = mappings.map(mapping => ({
    title: mapping.service,
    repositories: [],
    paths: [],
    environments: [],
    sample: false,
    ...mapping,
  }));
  await insertRows(
    db,
    tables.services,
    whole.map(mapping => ({
      service_ref: mapping.service,
      title: mapping.title,
      mapping: canonicalJson(mapping),
      seen_at: NOW,
    })),
  );
  await insertRows(
    db,
    tables.serviceRepositories,
    whole.flatMap(({ service, repositories }) =>
      repositories.map(repository => ({ service_ref: service, repository })),
    ),
  );
  await inTransaction(db, async tx => {
    const renamed = await namesChange(tx);
    if (!renamed) return;
    const dirty = new DirtyServices();
    await moveRepositories(tx, renamed, dirty, apply);
    await dirty.save(tx, NOW);
  });
}

/** A sha of 40 digits from a short name. */
export function sha(name: string | number): string {
  return Buffer.from(String(name)).toString('hex').padStart(40, '0').slice(-40);
}

/** Typed shorthand for a canonical event. */
export function event<E extends DeliveryEvent>(value: E): E {
  return value;
}
