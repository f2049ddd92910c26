import {
  coreServices,
  createBackendPlugin,
  createServiceFactory,
} from '@backstage/backend-plugin-api';
import {
  mockCredentials,
  mockServices,
  startTestBackend,
} from '@backstage/backend-test-utils';
import catalogPlugin from '@backstage/plugin-catalog-backend';
import { catalogServiceRef } from '@backstage/plugin-catalog-node';
import { eventsServiceRef } from '@backstage/plugin-events-node';
import type { EntitiesResponse } from '@fawkes/backstage-plugin-provisioning-common';
import module from './index';

type Item = EntitiesResponse['items'][number];

const item = (name: string, kind: 'Component' | 'API' = 'Component'): Item => ({
  requestId: `request-of-${name}`,
  entity: {
    apiVersion: 'backstage.io/v1alpha1',
    kind,
    metadata: {
      name,
      namespace: 'default',
      annotations: {
        'backstage.io/managed-by-location': `file:/checkouts/${name}/catalog-info.yaml`,
        'backstage.io/managed-by-origin-location': `file:/checkouts/${name}/catalog-info.yaml`,
      },
    },
    spec:
      kind === 'API'
        ? {
            type: 'openapi',
            lifecycle: 'experimental',
            owner: 'group:default/payments',
            definition: 'openapi: 3.1.0',
          }
        : {
            type: 'service',
            lifecycle: 'experimental',
            owner: 'group:default/payments',
            providesApis: [name],
          },
  },
});

/** What the provisioning plugin says; a page holds two entities. */
class Says {
  items: Item[] = [];
  status = 200;
  readonly asked: string[] = [];

  readonly plugin = () =>
    createBackendPlugin({
      pluginId: 'provisioning',
      register: reg => {
        reg.registerInit({
          deps: {
            http: coreServices.httpRouter,
            httpAuth: coreServices.httpAuth,
          },
          init: async ({ http, httpAuth }) => {
            http.use(async (req, res) => {
              await httpAuth.credentials(req as never, { allow: ['service'] });
              this.asked.push(req.url);
              const { searchParams } = new URL(req.url, 'http://x');
              const from = Number(searchParams.get('cursor') ?? 0);
              const more = this.items.length > from + 2;
              res.setHeader('X-Correlation-ID', 'x');
              res.status(this.status).json({
                asOf: new Date(0).toISOString(),
                items: this.items.slice(from, from + 2),
                nextCursor: more ? String(from + 2) : null,
              });
            });
          },
        });
      },
    });
}

/** The catalog, as a portal has it, with everything around it at hand. */
async function start(says?: Says) {
  let catalog!: typeof catalogServiceRef.T;
  // One for all plugins, as the bus of a portal is.
  const events = mockServices.events();
  const backend = await startTestBackend({
    features: [
      mockServices.rootConfig.factory({
        data: {
          backend: { baseUrl: 'http://localhost:0' },
          catalog: {
            processingInterval: { hours: 1 },
            providers: {
              provisioning: {
                schedule: {
                  frequency: { hours: 1 },
                  timeout: { minutes: 1 },
                },
              },
            },
          },
        },
      }),
      mockServices.scheduler.factory({ skipTaskRunOnStartup: false }),
      createServiceFactory({
        service: eventsServiceRef,
        deps: {},
        factory: () => events,
      }),
      catalogPlugin,
      module,
      ...(says ? [says.plugin()] : []),
      createBackendPlugin({
        pluginId: 'test',
        register(reg) {
          reg.registerInit({
            deps: { found: catalogServiceRef },
            async init({ found }) {
              catalog = found;
            },
          });
        },
      }),
    ],
  });
  const credentials = mockCredentials.service();
  const names = async () => {
    const { items } = await catalog.getEntities({}, { credentials });
    return items
      .map(({ kind, metadata }) => `${kind}:${metadata.name}`)
      .filter(name => !name.startsWith('Location'))
      .sort();
  };
  return {
    backend,
    names,
    one: (ref: string) => catalog.getEntityByRef(ref, { credentials }),
    tell: (name: string, topic = 'provisioning.service.described') =>
      events.publish({
        topic,
        eventPayload: {
          id: `request-of-${name}`,
          entityRef: `component:default/${name}`,
        },
      }),
    /** What the catalog has in the end; it stitches in its own time. */
    async settled(...expected: string[]) {
      const until = Date.now() + 30_000;
      for (;;) {
        const found = await names();
        const same = JSON.stringify(found) === JSON.stringify(expected);
        if (same || Date.now() > until) return found;
        await new Promise(resolve => setTimeout(resolve, 50));
      }
    },
  };
}

describe('services of the provisioning plugin, in the real catalog', () => {
  let at: Awaited<ReturnType<typeof start>> | undefined;
  afterEach(async () => {
    await at?.backend.stop();
    at = undefined;
  });

  it('are all there, however many pages they are', async () => {
    const says = new Says();
    says.items = ['a', 'b', 'c'].flatMap(name => [
      item(name, 'API'),
      item(name),
    ]);
    at = await start(says);
    const expected: string[] = [
      'API:a',
      'API:b',
      'API:c',
      'Component:a',
      'Component:b',
      'Component:c',
    ];
    expect(await at.settled(...expected)).toEqual(expected);
    expect(says.asked.slice(0, 3)).toEqual([
      '/entities?limit=500',
      '/entities?limit=500&cursor=2',
      '/entities?limit=500&cursor=4',
    ]);
    const component = await at.one('component:default/a');
    expect(component).toMatchObject({
      metadata: {
        annotations: {
          'backstage.io/managed-by-location':
            'file:/checkouts/a/catalog-info.yaml',
        },
      },
      relations: expect.arrayContaining([
        { type: 'providesApi', targetRef: 'api:default/a' },
        { type: 'ownedBy', targetRef: 'group:default/payments' },
      ]),
    });
  });

  it('come, change and go as soon as the plugin says so', async () => {
    let expected: string[];
    const says = new Says();
    says.items = [item('a')];
    at = await start(says);
    expected = ['Component:a'];
    expect(await at.settled(...expected)).toEqual(expected);
    says.items = [item('a'), item('b'), item('b', 'API')];
    await at.tell('b');
    expected = ['API:b', 'Component:a', 'Component:b'];
    expect(await at.settled(...expected)).toEqual(expected);
    says.items = [item('a'), item('b')];
    await at.tell('b');
    expected = ['Component:a', 'Component:b'];
    expect(await at.settled(...expected)).toEqual(expected);
    says.items = [item('a')];
    await at.tell('b', 'provisioning.request.destroyed');
    expected = ['Component:a'];
    expect(await at.settled(...expected)).toEqual(expected);
  });

  it('stay while the plugin does not answer', async () => {
    let expected: string[];
    const says = new Says();
    says.items = [item('a')];
    at = await start(says);
    expected = ['Component:a'];
    expect(await at.settled(...expected)).toEqual(expected);
    says.status = 503;
    says.items = [];
    const before = says.asked.length;
    await at.tell('a');
    while (says.asked.length === before) {
      await new Promise(resolve => setTimeout(resolve, 20));
    }
    expected = ['Component:a'];
    expect(await at.settled(...expected)).toEqual(expected);
  });

  it('are none where the plugin is not installed', async () => {
    at = await start();
    const expected: string[] = [];
    expect(await at.settled(...expected)).toEqual(expected);
  });
});
