import {
  coreServices,
  createBackendModule,
  type RootConfigService,
} from '@backstage/backend-plugin-api';
import { eventsExtensionPoint } from '@backstage/plugin-events-node/alpha';

/** Topics of `events.http.topics` whose senders sign what they send. */
const SIGNED_TOPICS = ['github', 'gitlab'] as const;

/** Whether a GitHub App of the integrations brings its own webhook secret. */
function hasGithubAppSecret(config: RootConfigService): boolean {
  return (config.getOptionalConfigArray('integrations.github') ?? []).some(
    host =>
      (host.getOptionalConfigArray('apps') ?? []).some(app =>
        app.has('webhookSecret'),
      ),
  );
}

/**
 * Refuses webhooks on a signed topic as long as no secret is configured for it.
 *
 * Backstage's signature checks step aside when they have no secret, and a topic listed in
 * `events.http.topics` would then accept whatever anybody posts. This module takes the empty place.
 */
export const refuseUnsignedWebhooksModule = createBackendModule({
  pluginId: 'events',
  moduleId: 'refuse-unsigned-webhooks',
  register(reg) {
    reg.registerInit({
      deps: {
        events: eventsExtensionPoint,
        config: coreServices.rootConfig,
        logger: coreServices.logger,
      },
      async init({ events, config, logger }) {
        for (const topic of SIGNED_TOPICS) {
          const path = `events.modules.${topic}.webhookSecret`;
          const secured =
            config.has(path) ||
            (topic === 'github' && hasGithubAppSecret(config));
          if (secured) {
            continue;
          }
          logger.info(
            `Webhooks on topic '${topic}' are refused until ${path} is set`,
          );
          events.addHttpPostIngress({
            topic,
            validator: async (_request, context) =>
              context.reject({
                status: 403,
                payload: {
                  message: `This portal has no secret to check ${topic} webhooks with. Set ${path}.`,
                },
              }),
          });
        }
      },
    });
  },
});
