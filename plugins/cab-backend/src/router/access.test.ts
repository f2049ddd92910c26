import { TestDatabases } from '@backstage/backend-test-utils';
import { cabRoutes, type Change } from '@fawkes/backstage-plugin-cab-common';
import { accessMatrix } from '@fawkes/kit-backend-test';
import type { Route } from '@fawkes/kit-contract';
import { SHOP } from '../__testUtils__/organisation';
import {
  createTestBackend,
  type TestBackend,
} from '../__testUtils__/testBackend';

const databases = TestDatabases.create({ ids: ['SQLITE_3'] });
let backend: TestBackend;
let change: Change;
beforeAll(async () => {
  backend = await createTestBackend(await databases.init('SQLITE_3'), {
    gate: {
      classes: ['test', 'staging', 'production'],
      callers: [{ subject: 'external:test-service', entities: [SHOP] }],
    },
  });
  change = await backend.submit('sam', await backend.create('sam'));
});
afterAll(() => backend.stop());
beforeEach(() => {
  backend.policy.clear();
  backend.audits.length = 0;
});

const ask = (caller: TestBackend['me'], route: Route) => {
  const path = route.path
    .replace(':id', change.id)
    .replace(':piece', 'nothing');
  if (route.method === 'get') return caller.get(path);
  if (route.method === 'delete') return caller.delete(path);
  return caller.post(path, {});
};

describe('who may do what', () => {
  it.each(accessMatrix(cabRoutes).filter(({ permission }) => permission))(
    '$name',
    async ({ route, callers, permission }) => {
      expect((await ask(backend.nobody, route)).status).toBe(401);
      const isForPeople = callers.includes('user');
      const others = isForPeople ? backend.service : backend.me;
      const { status } = await ask(others, route);
      expect(status === 403).toBe(callers.length === 1);
      backend.policy.set(permission!, 'deny');
      const usual = isForPeople ? backend.me : backend.service;
      expect((await ask(usual, route)).status).toBe(403);
      expect(backend.audits.at(-1)?.outcome).toBe('failed');
    },
  );

  it('needs a permission everywhere', () => {
    for (const [name, route] of Object.entries<Route>(cabRoutes)) {
      // A pipeline has no permission: what it may do hangs on its repository and commit.
      if (name === 'attachFromPipeline') continue;
      expect(route.needs?.length).toBeGreaterThan(0);
    }
  });

  it('lets nobody attach as a pipeline without a token of one', async () => {
    for (const caller of [backend.nobody, backend.me, backend.service]) {
      const { status, body } = await caller
        .post('/ci/evidence?kind=tests')
        .set('Content-Type', 'application/xml')
        .send('<testsuite/>');
      expect(status).toBe(403);
      expect(body.error.code).toBe('ci.token');
    }
  });

  it('shows nothing of entities one may not see', async () => {
    const { entities } = backend.world;
    backend.world.entities = entities.filter(
      each => each.metadata.name !== 'shop',
    );
    try {
      expect((await backend.me.get('/changes').expect(200)).body.items).toEqual(
        [],
      );
      for (const path of [
        `/changes/${change.id}`,
        `/changes/${change.id}/export`,
        `/changes/${change.id}/evidence`,
        `/changes/${change.id}/evidence/x/raw`,
      ]) {
        const { body } = await backend.me.get(path).expect(404);
        expect(body.error.code).toBe('change.not_found');
      }
      await backend.vote('sue', change).expect(404);
      // Whatever a person sends about it, there is nothing of that id.
      const plan = { revision: 1, title: 'x' };
      const reason = { reason: 'No more' };
      for (const [path, body] of [
        ['edit', plan],
        ['submit', { revision: 1 }],
        ['recuse', reason],
        ['request-changes', reason],
        ['withdraw', reason],
        ['revoke', reason],
        ['review', reason],
        ['comments', { text: 'Hello' }],
      ] as const) {
        const { body: told } = await backend
          .as('sam')
          .post(`/changes/${change.id}/${path}`, body)
          .expect(404);
        expect(told.error.code).toBe('change.not_found');
      }
      await backend
        .as('sam')
        .post(`/changes/${change.id}/evidence?kind=tests`, 'x')
        .expect(404);
      const exceptionId = change.id;
      await backend
        .as('sam')
        .post(`/changes/${change.id}/exceptions`, { exceptionId })
        .expect(404);
      await backend
        .as('sue')
        .delete(`/changes/${change.id}/votes/mine`)
        .expect(404);
      const waiting = await backend.as('sue').get('/waiting').expect(200);
      expect(waiting.body.items).toEqual([]);
      const gone = { entityRef: 'component:default/shop', environment: 'test' };
      await backend.me.post('/risk/preview', gone).expect(404);
      await backend.me
        .post('/changes', { ...gone, headSha: 'a'.repeat(40), title: 'x' })
        .expect(404);
    } finally {
      backend.world.entities = entities;
    }
    expect(
      (await backend.me.get('/changes').expect(200)).body.items,
    ).toHaveLength(1);
  });

  it('lets no pipeline speak for what its token is not bound to', async () => {
    const about = {
      entityRef: 'component:default/checkout',
      environment: 'test',
    };
    const run = {
      ...about,
      commitSha: change.headSha,
      runUrl: 'https://ci.example/1',
    };
    for (const [path, body] of [
      ['/gate/started', run],
      ['/gate/finished', { ...run, outcome: 'succeeded' }],
      [
        '/ci/changes',
        {
          ...about,
          headSha: 'a'.repeat(40),
          title: 'x',
          onBehalfOf: 'user:default/sam',
        },
      ],
    ] as const) {
      const { body: told } = await backend.service.post(path, body).expect(403);
      expect(told.error.code).toBe('run.caller');
    }
  });

  it('answers 404 for what never was', async () => {
    const { body } = await backend.me.get('/changes/nothing').expect(404);
    expect(body.error.code).toBe('change.not_found');
    await backend.me.get("/changes/'; drop table cab_log; --").expect(404);
  });
});
