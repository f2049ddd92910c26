import {
  coreServices,
  createBackendModule,
  createServiceFactory,
  type BackendFeature,
  type SchedulerService,
} from '@backstage/backend-plugin-api';
import {
  mockCredentials,
  mockServices,
  startTestBackend,
} from '@backstage/backend-test-utils';
import type { Entity } from '@backstage/catalog-model';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import {
  eventsServiceRef,
  type EventParams,
} from '@backstage/plugin-events-node';
import {
  signalsServiceRef,
  type SignalPayload,
} from '@backstage/plugin-signals-node';
import type { JsonObject } from '@backstage/types';
import type { Knex } from 'knex';
import request from 'supertest';
import { deliveryPlugin } from '../plugin';
import { ORGANISATION_ENTITIES, personalCatalog } from './testCatalog';
import { policedPermissions, type Policy } from './testPermissions';

/** An audit event and how it ended. */
export interface Audit {
  eventId: string;
  meta?: JsonObject;
  outcome: 'open' | 'success' | 'failed';
  error?: string;
}

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
export async function createTestBackend(options: TestBackendOptions) {
  const { db, entities = ORGANISATION_ENTITIES } = options;
  const policy: Policy = new Map();
  const audits: Audit[] = [];
  const signals: SignalPayload[] = [];
  const announced: EventParams[] = [];
  const events = mockServices.events();
  let scheduler: SchedulerService | undefined;
  const backend = await startTestBackend({
    features: [
      deliveryPlugin,
      mockServices.rootConfig.factory({
        data: { delivery: options.settings ?? {}, ...options.config },
      }),
      createServiceFactory({
        service: coreServices.database,
        deps: { plugin: coreServices.pluginMetadata },
        factory: ({ plugin }) =>
          mockServices.database({
            knex: plugin.getId() === 'delivery' ? db : options.others ?? db,
          }),
      }),
      mockServices.permissions.mock(policedPermissions(policy)).factory,
      mockServices.auditor.mock({
        createEvent: async ({ eventId, meta }) => {
          const audit: Audit = { eventId, meta, outcome: 'open' };
          audits.push(audit);
          return {
            success: async () => void (audit.outcome = 'success'),
            fail: async ({ error }) => {
              audit.outcome = 'failed';
              audit.error = error.name;
            },
          };
        },
      }).factory,
      catalogServiceMock.mock(personalCatalog(entities)).factory,
      mockServices.scheduler.factory({
        includeInitialDelayedTasksOnStartup: true,
      }),
      createBackendModule({
        pluginId: 'delivery',
        moduleId: 'test-probe',
        register(reg) {
          reg.registerInit({
            deps: { scheduler: coreServices.scheduler },
            async init(services) {
              scheduler = services.scheduler;
            },
          });
        },
      }),
      createServiceFactory({
        service: signalsServiceRef,
        deps: {},
        factory: () => ({
          publish: async (signal: SignalPayload) => void signals.push(signal),
        }),
      }),
      ...(options.ownEvents
        ? []
        : [
            createServiceFactory({
              service: eventsServiceRef,
              deps: {},
              factory: () => ({
                subscribe: events.subscribe.bind(events),
                publish: async (event: EventParams) => {
                  announced.push(event);
                  await events.publish(event);
                },
              }),
            }),
          ]),
      ...(options.features ?? []),
    ],
  });
  const send = (method: 'get' | 'post' | 'delete', path: string, who: string) =>
    request(backend.server)
      [method](`/api/delivery${path}`)
      .set('Authorization', who);
  const as = (header: string) => ({
    get: (path: string) => send('get', path, header),
    post: (path: string, body?: string | object) =>
      send('post', path, header).send(body),
    delete: (path: string) => send('delete', path, header),
  });
  return {
    server: backend.server,
    stop: () => backend.stop(),
    db,
    policy,
    audits,
    signals,
    announced,
    events,
    scheduler: scheduler!,
    /** The usual person; sees everything unless the policy says no. */
    me: as(mockCredentials.user.header()),
    service: as(mockCredentials.service.header()),
    nobody: as(mockCredentials.none.header()),
    person: (ref: string) => as(mockCredentials.user.header(ref)),
    settle: () => settled(db),
  };
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
