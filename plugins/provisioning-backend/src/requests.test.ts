import { TestDatabases } from '@backstage/backend-test-utils';
import { ANNA, MIRA, PAYMENTS } from './__testUtils__/organisation';
import {
  bodyOf,
  createTestBackend,
  type TestBackend,
} from './__testUtils__/testBackend';

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });

describe.each(databases.eachSupportedId())('a request, %s', id => {
  let backend: TestBackend;
  beforeAll(async () => {
    backend = await createTestBackend({ db: await databases.init(id) });
  });
  const mira = () => backend.person(MIRA);

  it('goes from its plan to something that exists', async () => {
    const body = await bodyOf('shop');
    const { body: plan } = await mira().post('/plan', body).expect(200);
    expect(plan.effects.map((effect: { id: string }) => effect.id)).toEqual([
      'name:reserve',
      'repo:ensure',
      'catalog:entity:ensure',
      'service:build',
      'service:deploy',
      'events:tell',
    ]);
    expect(plan.obstacles).toEqual([]);

    const { body: made } = await mira()
      .post('/requests', { ...body, expectedPlanDigest: plan.planDigest })
      .expect(202);
    expect(made).toMatchObject({
      state: 'accepted',
      specDigest: plan.specDigest,
    });
    await backend.settle();

    const { body: request } = await mira()
      .get(`/requests/${made.id}`)
      .expect(200);
    expect(request).toMatchObject({
      name: 'shop',
      owner: PAYMENTS,
      requester: MIRA,
      state: 'ready',
      run: { id: made.runId, kind: 'create', state: 'done' },
      service: { state: 'healthy' },
    });
    expect(backend.world.made.map(({ type }) => type)).toEqual([
      'name:reserve',
      'repo:ensure',
      expect.any(String),
      expect.any(String),
      expect.any(String),
      'events:tell',
    ]);
    expect(backend.world.faults).toEqual([]);
    const { body: list } = await mira().get('/requests').expect(200);
    expect(list.items).toHaveLength(1);
    const { body: effects } = await mira()
      .get(`/requests/${made.id}/effects`)
      .expect(200);
    expect(
      new Set(effects.items.map((e: { state: string }) => e.state)),
    ).toEqual(new Set(['done']));
  });

  it('is not there for who may not see it', async () => {
    const anna = backend.person(ANNA);
    const { body } = await mira().get('/requests').expect(200);
    await anna.get(`/requests/${body.items[0].id}`).expect(404);
    expect((await anna.get('/requests').expect(200)).body.items).toEqual([]);
  });
});
