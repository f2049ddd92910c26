import type { RequestListener } from 'node:http';
import type { BackendFeature } from '@backstage/backend-plugin-api';
import { mockCredentials, mockServices } from '@backstage/backend-test-utils';
import type { StartLocalHost } from '../../plugins/provisioning-backend/src/effects/localHost';
import { HeldLocalHost } from '../../plugins/provisioning-backend/src/host/heldLocalHost';
import type { LocalHostOptions } from '../../plugins/provisioning-backend/src/host/options';
import { createTestBackend } from '../../plugins/provisioning-backend/src/__testUtils__/testBackend';
import { openKnex } from '../lib/databases';
import type { BackendSettings } from './protocol';

/** Hears what is told to the delivery plugin. */
export type Heard = Parameters<
  LocalHostOptions['delivery']['tell']
>[0]['events'];

/** What a process does with the plugin that others do not. */
export interface RealPluginOptions {
  /** Told what the delivery plugin would hear. */
  hear?(events: Heard): Promise<void>;
  /** Puts something around what runs on this computer. */
  around?(start: StartLocalHost): StartLocalHost;
  /** Further modules. */
  features?: BackendFeature[];
}

/**
 * The provisioning plugin, answering over HTTP, with the real git, install, sandbox and services of this computer. What stands
 * around it (catalog, permissions, delivery) answers at once.
 */
export async function realPlugin(
  { database, directory, template }: BackendSettings,
  {
    hear = async () => {},
    around = start => start,
    features,
  }: RealPluginOptions = {},
): Promise<RequestListener> {
  const db = openKnex(database);
  const events = mockServices.events();
  const start: StartLocalHost = async options =>
    HeldLocalHost.find(options.asks, {
      ...options,
      events,
      credentials: async () => mockCredentials.service(),
      delivery: {
        async tell(told) {
          await hear(told.events);
          return {
            accepted: told.events.length,
            duplicate: 0,
            rejected: 0,
            results: told.events.map(() => ({ status: 'accepted' as const })),
          };
        },
      },
    });
  const backend = await createTestBackend({
    db,
    template,
    startLocalHost: around(start),
    features,
    settings: {
      local: { enabled: true, directory },
      // Quotas are for people; here many are asked for.
      quota: { perOwner: 100_000, running: 1_000 },
    },
  });
  return (request, response) => {
    backend.server.emit('request', request, response);
  };
}
