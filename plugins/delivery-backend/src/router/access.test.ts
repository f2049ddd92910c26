import { TestDatabases } from '@backstage/backend-test-utils';
import {
  deliveryRoutes,
  metricsByResponseSchema,
  metricsResponseSchema,
  qualityResponseSchema,
} from '@fawkes/backstage-plugin-delivery-common';
import { accessMatrix } from '@fawkes/kit-backend-test';
import type { Route } from '@fawkes/kit-contract';
import { expectContract } from '../__testUtils__/contract';
import { ago, broken, STORY } from '../__testUtils__/story';
import {
  createTestBackend,
  type TestBackend,
} from '../__testUtils__/testBackend';
import {
  CART,
  DOMAIN,
  ORGANISATION,
  PAYMENTS,
  SECRET,
  STRANGER,
  SYSTEM,
  TEAM_CART,
  TEAM_MONEY,
} from '../__testUtils__/testCatalog';
import { deliveryServiceConditions } from '../permissions/rules';

const databases = TestDatabases.create({ ids: ['SQLITE_3'] });
let backend: TestBackend;
let keys: Record<string, string>;

beforeAll(async () => {
  backend = await createTestBackend({ db: await databases.init('SQLITE_3') });
  await backend.me
    .post('/events', [
      ...STORY,
      // Nobody says whose it is: it is the doing of cart and secret alike.
      {
        ...broken('both', 'x', ago(3, 14), { causedBy: 'release-1' }),
        service: undefined,
      },
      { type: 'deployment', source: 'ci', id: 'bad' },
    ])
    .expect(202);
  await backend.settle();
  const { body } = await backend.me.get('/deployments?limit=200').expect(200);
  keys = Object.fromEntries(
    body.items.map((item: { id: string; service: string; key: string }) => [
      `${item.id} ${item.service}`,
      item.key,
    ]),
  );
});

beforeEach(() => {
  backend.policy.clear();
  backend.audits.length = 0;
});

const CHANGE = Buffer.from(
  JSON.stringify(['commit', 'github.com/acme/cart', 'f'.repeat(40)]),
).toString('base64url');

/** Values for what a route asks for: existing things, so that only who asks decides. */
function requestTo(route: Route): { path: string; body?: object } {
  const path = route.path
    .replace(':key', route.audit === 'change' ? CHANGE : keys[`cart-3 ${CART}`])
    .replace(':id', 'cdevents');
  return { path, body: route.body || route.raw ? {} : undefined };
}

const MATRIX = accessMatrix(deliveryRoutes);

const ask = (caller: TestBackend['me'], route: Route) => {
  const method = route.method as 'get' | 'post' | 'delete';
  const { path, body } = requestTo(route);
  return method === 'post' ? caller.post(path, body) : caller[method](path);
};

describe.each(MATRIX)('$name', ({ route }) => {
  it('asks who is calling', async () => {
    const { status, body } = await ask(backend.nobody, route);
    expect(status).toBe(401);
    expect(body.error).toEqual({
      name: 'AuthenticationError',
      message: expect.stringMatching(/./),
    });
  });
});

describe.each(MATRIX.filter(({ permission }) => permission))(
  '$name',
  ({ route, callers, permission }) => {
    it('of people and services alike', async () => {
      backend.policy.set(permission!, 'deny');
      const asked = callers.map(who =>
        who === 'user' ? backend.me : backend.service,
      );
      for (const caller of asked) {
        const { status, body } = await ask(caller, route);
        expect(status).toBe(403);
        expect(body.error.name).toBe('NotAllowedError');
        expect(body.error.message).toContain(permission);
      }
      expect(backend.audits).toEqual(
        asked.map(() =>
          expect.objectContaining({
            eventId: `${route.audit}-${
              route.method === 'get' ? 'fetch' : 'mutate'
            }`,
            outcome: 'failed',
            error: 'NotAllowedError',
          }),
        ),
      );
    });
  },
);

it('does not let services mark deployments: a person has to answer for it', async () => {
  const { status } = await backend.service.post(
    `/deployments/${keys[`cart-3 ${CART}`]}/marks`,
    { verdict: 'failed', reason: 'because' },
  );
  expect(status).toBe(403);
});

describe('what the catalog hides', () => {
  const stranger = () => backend.person(STRANGER);

  it('is answered like what does not exist, word for word', async () => {
    for (const route of [
      'metrics',
      'metrics/by',
      'deployments',
      'incidents',
      'quality',
    ]) {
      const asked = async (ref: string) => {
        const { status, body } = await stranger().get(`/${route}?scope=${ref}`);
        return { status, text: JSON.stringify(body).replaceAll(ref, '…') };
      };
      const hidden = await asked(SECRET);
      expect(hidden.status).toBe(404);
      expect(hidden).toEqual(await asked('component:default/nothing'));
      expect(hidden).toEqual(await asked('group:default/vault'));
    }
    const find = async (key: string) => {
      const { status, body } = await stranger().get(`/deployments/${key}`);
      return { status, text: JSON.stringify(body).replaceAll(key, '…') };
    };
    expect(await find(keys[`secret-1 ${SECRET}`])).toEqual(
      await find('0'.repeat(40)),
    );
    const mark = await stranger().post(
      `/deployments/${keys[`secret-1 ${SECRET}`]}/marks`,
      { verdict: 'failed', reason: 'because' },
    );
    expect(mark.status).toBe(404);
    const change = Buffer.from(
      JSON.stringify(['commit', 'github.com/acme/secret', 'f'.repeat(40)]),
    ).toString('base64url');
    await stranger().get(`/changes/${change}`).expect(404);
  });

  it('is not in the numbers of any scope around it', async () => {
    for (const [scope, services, deployments, failed] of [
      [SYSTEM, 2, 7, 3],
      [DOMAIN, 2, 7, 3],
      [TEAM_MONEY, 1, 2, 1],
      [ORGANISATION, 2, 7, 3],
    ] as const) {
      const { body } = await stranger()
        .get(`/metrics?scope=${scope}`)
        .expect(200);
      const answer = expectContract(metricsResponseSchema, body);
      expect(answer.scope.services).toBe(services);
      expect(answer.metrics.deploymentFrequency.deployments).toBe(deployments);
      expect(answer.metrics.changeFailRate.failed).toBe(failed);
    }
  });

  it('is in no list', async () => {
    for (const path of [
      '/metrics/by',
      '/metrics/by?groupBy=team',
      '/deployments?limit=200&production=false',
      '/incidents?limit=200',
      '/quality',
      `/deployments/${keys[`release-1 ${CART}`]}`,
    ]) {
      const { text } = await stranger().get(path).expect(200);
      expect(text).not.toMatch(/secret/i);
      expect(text).not.toContain(keys[`release-1 ${SECRET}`]);
    }
    const { body } = await backend.me.get(
      `/deployments/${keys[`release-1 ${CART}`]}`,
    );
    expect(body.incidents).toMatchObject([
      { id: 'both', deployments: [{}, {}] },
    ]);
  });

  it('is not given to a scope the sender made up', async () => {
    await backend.me
      .post('/events', [
        {
          ...STORY.find(event => event.id === 'pay-1'),
          id: 'group-1',
          service: TEAM_CART,
        },
      ])
      .expect(202);
    await backend.settle();
    const row = await backend
      .db('deployments')
      .where('ext_id', 'group-1')
      .first();
    const { status } = await backend.me.get(`/deployments/${row.key}`);
    expect(status).toBe(404);
  });
});

describe('a conditional decision', () => {
  const own = (...owners: string[]) =>
    backend.policy.set(
      'delivery.metrics.read',
      deliveryServiceConditions.isOwner({ owners }),
    );

  it('filters every list and number by owner', async () => {
    own(TEAM_CART);
    const by = await backend.me.get('/metrics/by').expect(200);
    const { items } = expectContract(metricsByResponseSchema, by.body);
    expect(items.map(row => row.entity.ref)).toEqual([CART]);
    const list = await backend.me.get('/deployments?limit=200').expect(200);
    expect(
      new Set(list.body.items.map((item: { service: string }) => item.service)),
    ).toEqual(new Set([CART]));
    const system = await backend.me.get(`/metrics?scope=${SYSTEM}`).expect(200);
    expect(system.body.scope.services).toBe(1);
    expect(system.body.metrics.deploymentFrequency.deployments).toBe(5);
    const quality = await backend.me.get('/quality').expect(200);
    expect(
      expectContract(qualityResponseSchema, quality.body).services.map(
        row => row.service,
      ),
    ).toEqual([CART]);
  });

  it('answers 404 for a named service it does not cover', async () => {
    own(TEAM_CART);
    await backend.me.get(`/metrics?scope=${CART}`).expect(200);
    const alone = await backend.me.get(`/metrics?scope=${PAYMENTS}`);
    const beside = await backend.me.get(
      `/metrics?scope=${CART}&scope=${PAYMENTS}`,
    );
    const unknown = await backend.me.get(
      '/metrics?scope=component:default/nothing',
    );
    for (const { status, body } of [alone, beside]) {
      expect(status).toBe(404);
      expect(body.error.message).toBe(
        unknown.body.error.message.replace('nothing', 'payments'),
      );
    }
    await backend.me
      .get(`/deployments/${keys[`pay-1 ${PAYMENTS}`]}`)
      .expect(404);
    await backend.me.get(`/deployments/${keys[`cart-3 ${CART}`]}`).expect(200);
  });

  it('may be made of all, any and not', async () => {
    const { isOwner, isService } = deliveryServiceConditions;
    backend.policy.set('delivery.metrics.read', {
      allOf: [
        { not: isService({ services: [SECRET] }) },
        {
          anyOf: [
            isOwner({ owners: [TEAM_MONEY] }),
            isService({ services: [CART] }),
          ],
        },
      ],
    });
    const { body } = await backend.me.get('/metrics/by').expect(200);
    expect(
      body.items.map((row: { entity: { ref: string } }) => row.entity.ref),
    ).toEqual([CART, PAYMENTS]);
  });

  it('holds for marks too', async () => {
    backend.policy.set(
      'delivery.deployment.mark',
      deliveryServiceConditions.isOwner({ owners: [TEAM_CART] }),
    );
    const read = (key: string) =>
      backend.me.get(`/deployments/${key}`).expect(200);
    const [mine, theirs] = [keys[`cart-3 ${CART}`], keys[`pay-1 ${PAYMENTS}`]];
    expect((await read(mine)).body.mayMark).toBe(true);
    expect((await read(theirs)).body.mayMark).toBe(false);
    const mark = { verdict: 'failed', reason: 'because' };
    const { status, body } = await backend.me.post(
      `/deployments/${theirs}/marks`,
      mark,
    );
    expect(status).toBe(403);
    expect(body.error.message).toContain('PAYMENTS');
  });
});

describe('what belongs to nobody yet', () => {
  it('is for those who may see the intake', async () => {
    const { body } = await backend.me.get('/quality').expect(200);
    expect(body.unmapped.map((row: { what: string }) => row.what)).toEqual(
      expect.arrayContaining([
        'github.com/acme/orphan',
        'component:default/ghost',
      ]),
    );
    expect(body.rejected).toBe(1);
    backend.policy.set('delivery.intake.read', 'deny');
    const { body: less } = await backend.me.get('/quality').expect(200);
    expect(less).toMatchObject({ unmapped: [], rejected: 0, incomplete: 0 });
  });
});
