import { join } from 'node:path';
import {
  coreServices,
  createBackendModule,
  createServiceFactory,
  type BackendFeature,
} from '@backstage/backend-plugin-api';
import {
  notificationService,
  type NotificationSendOptions,
} from '@backstage/plugin-notifications-node';
import type { JsonObject } from '@backstage/types';
import type {
  CreateBody,
  ServiceSpec,
} from '@fawkes/backstage-plugin-provisioning-common';
import {
  provisioningTemplatesExtensionPoint,
  readTemplate,
} from '@fawkes/backstage-plugin-provisioning-node';
import { startFamilyBackend } from '@fawkes/kit-backend-test';
import type { Knex } from 'knex';
import type { StartLocalHost } from '../effects/localHost';
import { provisioningPluginWith } from '../plugin';
import { fakeLocalHost } from './fakeLocalHost';
import { Organisation, PAYMENTS } from './organisation';
import { World } from './world';

/** The folder of the template that tests use. */
export const TEMPLATE = join(__dirname, '../__fixtures__/templates/small-api');

/** How a test backend is set up. */
export interface TestBackendOptions {
  db: Knex;
  others?: Knex;
  /** The section `provisioning` of the configuration. */
  settings?: JsonObject;
  organisation?: Organisation;
  world?: World;
  /** Without anything that runs here. */
  withoutLocalHost?: boolean;
  /** What runs here, in the place of the fake one. */
  startLocalHost?: StartLocalHost;
  /** Folder of the template. */
  template?: string;
  features?: BackendFeature[];
}

/** The plugin behind HTTP, with everything around it in the hands of the test. */
export type TestBackend = Awaited<ReturnType<typeof createTestBackend>>;

/** Starts the whole plugin as a portal would. */
export async function createTestBackend({
  db,
  others,
  settings,
  organisation = new Organisation(),
  world = new World(),
  withoutLocalHost = false,
  template = TEMPLATE,
  features = [],
  ...options
}: TestBackendOptions) {
  const localHost = fakeLocalHost(world);
  const notified: NotificationSendOptions[] = [];
  const fake: StartLocalHost = async ({ asks }) => {
    localHost.asks = asks;
    return localHost;
  };
  const backend = await startFamilyBackend({
    db,
    others,
    pluginId: 'provisioning',
    plugin: provisioningPluginWith({
      times: { look: 20, away: 20 },
      startLocalHost: options.startLocalHost ?? fake,
    }),
    catalog: organisation.catalog,
    config: {
      backend: { listen: { host: '127.0.0.1', port: 0 } },
      provisioning: {
        local: withoutLocalHost
          ? null
          : { enabled: true, directory: '/nowhere' },
        platformGroups: ['group:default/platform'],
        ...settings,
      },
    },
    features: [
      createServiceFactory({
        service: notificationService,
        deps: {},
        factory: () => ({ send: async sent => void notified.push(sent) }),
      }),
      createServiceFactory({
        service: coreServices.userInfo,
        deps: {},
        factory: () => ({
          getUserInfo: async ({ principal }) => {
            const { userEntityRef } = principal as { userEntityRef: string };
            return {
              userEntityRef,
              ownershipEntityRefs: organisation.ownershipOf(userEntityRef),
            };
          },
        }),
      }),
      createBackendModule({
        pluginId: 'provisioning',
        moduleId: 'test-templates',
        register(reg) {
          reg.registerInit({
            deps: { templates: provisioningTemplatesExtensionPoint },
            init: async ({ templates }) =>
              templates.addTemplates({ directory: template }),
          });
        },
      }),
      ...features,
    ],
  });
  // Nobody runs the portal, until a test says so.
  backend.policy.set('provisioning.request.operate', 'deny');
  return {
    ...backend,
    world,
    organisation,
    localHost,
    /** What people were told. */
    notified,
    /** Does something while whoever asks is of the platform group. */
    async asPlatform<T>(work: () => Promise<T>): Promise<T> {
      backend.policy.delete('provisioning.request.operate');
      try {
        return await work();
      } finally {
        backend.policy.set('provisioning.request.operate', 'deny');
      }
    },
    /** Resolves when no run goes on. */
    settle: () => settled(db),
  };
}

/** A spec as a form sends it, with another field or two. */
export async function specOf(
  other: Partial<ServiceSpec> = {},
): Promise<ServiceSpec> {
  const { ref } = await readTemplate(TEMPLATE);
  return {
    schemaVersion: 1,
    template: ref,
    type: 'api',
    language: 'node',
    ci: 'github-actions',
    owner: PAYMENTS,
    description: 'Takes payments',
    repository: { host: 'local' },
    ...other,
  };
}

/** The body of a create, with another field or two. */
export async function bodyOf(
  name: string,
  {
    spec,
    ...other
  }: Partial<Omit<CreateBody, 'spec'>> & { spec?: Partial<ServiceSpec> } = {},
) {
  return { kind: 'service', name, ...other, spec: await specOf(spec) };
}

/** How long a test waits for runs, ms. */
const PATIENCE_MS = 30_000;

/** Resolves when no run goes on and everything was told. */
export async function settled(db: Knex): Promise<void> {
  const deadline = Date.now() + PATIENCE_MS;
  for (;;) {
    const going = await db('runs')
      .where('state', 'running')
      .first('id', 'kind');
    const letter = await db('outbox').where('state', 'waiting').first('id');
    if (!going && !letter) return;
    if (Date.now() > deadline) {
      const effects = await db('effects').select('id', 'state', 'reason');
      throw new Error(
        `Still going on: ${JSON.stringify({ going, letter, effects })}`,
      );
    }
    await new Promise(resolve => setTimeout(resolve, 10));
  }
}
