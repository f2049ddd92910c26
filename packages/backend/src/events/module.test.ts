import { createServiceFactory } from '@backstage/backend-plugin-api';
import { mockServices, startTestBackend } from '@backstage/backend-test-utils';
import eventsPlugin from '@backstage/plugin-events-backend';
import {
  eventsServiceRef,
  type EventParams,
} from '@backstage/plugin-events-node';
import request from 'supertest';
import { refuseUnsignedWebhooksModule } from './module';

/** The signature checks themselves belong to Backstage's modules and are not installed here. */
async function post(topic: string, config: { modules?: {}; github?: {}[] }) {
  const published: EventParams[] = [];
  const { server } = await startTestBackend({
    features: [
      eventsPlugin,
      refuseUnsignedWebhooksModule,
      createServiceFactory({
        service: eventsServiceRef,
        deps: {},
        factory: () => ({
          publish: async event => void published.push(event),
          subscribe: async () => {},
        }),
      }),
      mockServices.rootConfig.factory({
        data: {
          integrations: { github: config.github ?? [] },
          events: {
            http: { topics: ['github', 'gitlab'] },
            modules: config.modules ?? {},
          },
        },
      }),
    ],
  });
  const response = await request(server)
    .post(`/api/events/http/${topic}`)
    .set('content-type', 'application/json')
    .send(JSON.stringify({ ref: 'refs/heads/main' }));
  return { response, published };
}

describe('refuseUnsignedWebhooksModule', () => {
  it.each(['github', 'gitlab'])(
    'refuses %s webhooks while no secret is configured, and says which one',
    async topic => {
      const { response, published } = await post(topic, {});
      expect(response.status).toBe(403);
      expect(response.body.message).toContain(
        `events.modules.${topic}.webhookSecret`,
      );
      expect(published).toEqual([]);
    },
  );

  it('treats each topic by its own secret', async () => {
    const modules = { gitlab: { webhookSecret: 'two' } };
    const { response } = await post('github', { modules });
    expect(response.status).toBe(403);
  });

  it.each(['github', 'gitlab'])(
    'leaves %s to the signature check once a secret is configured',
    async topic => {
      const modules = { [topic]: { webhookSecret: 'one' } };
      const { response, published } = await post(topic, { modules });
      expect(response.status).toBe(202);
      expect(published).toMatchObject([{ topic }]);
    },
  );

  it('counts the secret of a GitHub App', async () => {
    const github = [
      { host: 'github.com', apps: [{ appId: 1, webhookSecret: 'three' }] },
    ];
    const { response } = await post('github', { github });
    expect(response.status).toBe(202);
  });
});
