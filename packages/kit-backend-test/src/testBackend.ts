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
import {
  catalogServiceRef,
  type CatalogService,
} from '@backstage/plugin-catalog-node';
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
import { policedPermissions, type Policy } from './permissions';

/** An audit event and how it ended. @public */
export interface Audit {
  /** `<subject>-fetch` or `<subject>-mutate`. */
  eventId: string;
  /** What was known at the beginning, and what the end added. */
  meta?: JsonObject;
  /** `open` while the work goes on. */
  outcome: 'open' | 'success' | 'failed';
  /** Message of the error it failed with. */
  error?: string;
}

/** How a family's backend is set up for a test. @public */
export interface FamilyBackendOptions {
  /** Id the plugin is served under. */
  pluginId: string;
  /** The plugin that is tried. */
  plugin: BackendFeature;
  /** The database of the plugin. */
  db: Knex;
  /** The database of other plugins. */
  others?: Knex;
  /** The catalog, or the part of it the plugin uses. */
  catalog: Partial<CatalogService>;
  /** The configuration. */
  config?: JsonObject;
  /** Further modules and plugins. */
  features?: BackendFeature[];
  /** Lets the events service of other features stand in for the fake one. */
  ownEvents?: boolean;
}

/**
 * Starts a family's plugin as a portal would, behind HTTP, with everything
 * around it in the hands of the test.
 * @public
 */
export async function startFamilyBackend(options: FamilyBackendOptions) {
  const { pluginId, db } = options;
  const policy: Policy = new Map();
  const audits: Audit[] = [];
  const signals: SignalPayload[] = [];
  const announced: EventParams[] = [];
  const events = mockServices.events();
  const asked = { permissions: 0, entities: 0 };
  const policed = policedPermissions(pluginId, policy);
  let scheduler: SchedulerService | undefined;
  const backend = await startTestBackend({
    features: [
      options.plugin,
      mockServices.rootConfig.factory({ data: options.config ?? {} }),
      createServiceFactory({
        service: coreServices.database,
        deps: { plugin: coreServices.pluginMetadata },
        factory: ({ plugin }) =>
          mockServices.database({
            knex: plugin.getId() === pluginId ? db : options.others ?? db,
          }),
      }),
      // Not as mocks of jest, so that a process of a benchmark or a soak can start it too.
      createServiceFactory({
        service: coreServices.permissions,
        deps: {},
        factory: () => ({
          authorize: (...args) => {
            asked.permissions++;
            return policed.authorize(...args);
          },
          authorizeConditional: (...args) => {
            asked.permissions++;
            return policed.authorizeConditional(...args);
          },
        }),
      }),
      createServiceFactory({
        service: coreServices.auditor,
        deps: {},
        factory: () => ({
          createEvent: async ({ eventId, meta }) => {
            const audit: Audit = { eventId, meta, outcome: 'open' };
            audits.push(audit);
            return {
              success: async said => {
                audit.outcome = 'success';
                audit.meta = { ...meta, ...said?.meta };
              },
              fail: async ({ error }) => {
                audit.outcome = 'failed';
                audit.error = error.name;
              },
            };
          },
        }),
      }),
      createServiceFactory({
        service: catalogServiceRef,
        deps: {},
        factory: () => counted(options.catalog as CatalogService, asked),
      }),
      mockServices.scheduler.factory({
        includeInitialDelayedTasksOnStartup: true,
      }),
      createBackendModule({
        pluginId,
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
  type Method = 'get' | 'post' | 'put' | 'patch' | 'delete';
  const send = (method: Method, path: string, who: string) =>
    request(backend.server)
      [method](`/api/${pluginId}${path}`)
      .set('Authorization', who);
  const as = (header: string) => ({
    get: (path: string) => send('get', path, header),
    post: (path: string, body?: string | object) =>
      send('post', path, header).send(body),
    put: (path: string, body?: string | object) =>
      send('put', path, header).send(body),
    patch: (path: string, body?: string | object) =>
      send('patch', path, header).send(body),
    delete: (path: string) => send('delete', path, header),
  });
  return {
    server: backend.server,
    stop: () => backend.stop(),
    db,
    policy,
    audits,
    /** How often the permission framework and the catalog were asked. */
    asked,
    signals,
    announced,
    events,
    scheduler: scheduler!,
    /** The usual person; sees everything unless the policy says no. */
    me: as(mockCredentials.user.header()),
    service: as(mockCredentials.service.header()),
    nobody: as(mockCredentials.none.header()),
    person: (ref: string) => as(mockCredentials.user.header(ref)),
    /** Another plugin of the portal. */
    plugin: (id: string) =>
      as(
        mockCredentials.service.header({
          onBehalfOf: mockCredentials.service(`plugin:${id}`),
          targetPluginId: pluginId,
        }),
      ),
  };
}

/** A catalog that counts how often entities are looked up. */
function counted(
  catalog: CatalogService,
  asked: { entities: number },
): CatalogService {
  return {
    ...catalog,
    getEntitiesByRefs: (...args) => {
      asked.entities++;
      return catalog.getEntitiesByRefs(...args);
    },
    streamEntities: (...args) => {
      asked.entities++;
      return catalog.streamEntities(...args);
    },
  };
}

/** A family's backend in a test. @public */
export type FamilyBackend = Awaited<ReturnType<typeof startFamilyBackend>>;
