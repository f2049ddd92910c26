import { TestDatabases } from '@backstage/backend-test-utils';
import {
  provisioningRoutes,
  RESOURCE_TYPE_REQUEST,
} from '@fawkes/backstage-plugin-provisioning-common';
import { accessMatrix } from '@fawkes/kit-backend-test';
import type { Route } from '@fawkes/kit-contract';
import { askFor } from '../__testUtils__/askFor';
import {
  ANNA,
  DOJO,
  LENA,
  MIRA,
  PAYMENTS,
  SHOP,
  TOM,
} from '../__testUtils__/organisation';
import {
  bodyOf,
  createTestBackend,
  type TestBackend,
} from '../__testUtils__/testBackend';
import { provisioningRequestConditions } from '../permissions/rules';

const databases = TestDatabases.create({ ids: ['SQLITE_3'] });

let backend: TestBackend;
let id: string;
let practice: string;
let ready: object;

beforeAll(async () => {
  backend = await createTestBackend({
    db: await databases.init('SQLITE_3'),
    settings: {
      practice: { owner: DOJO },
      practiceEnders: ['dojo'],
    },
  });
  const made = await backend
    .person(MIRA)
    .post('/requests', await bodyOf('shop'))
    .expect(202);
  id = made.body.id;
  const learnt = await backend
    .person(ANNA)
    .post(
      '/requests',
      await bodyOf('lesson', { practice: true, spec: { owner: DOJO } }),
    )
    .expect(202);
  practice = learnt.body.id;
  await backend.settle();
  ready = await backend.db('requests').where('id', id).first('*');
});

beforeEach(async () => {
  backend.policy.clear();
  backend.policy.set('provisioning.request.operate', 'deny');
  backend.audits.length = 0;
  await backend.db('requests').where('id', id).update(ready);
});

const ask = (caller: TestBackend['me'], route: Route, of: string = id) =>
  askFor(caller, route, of);

const MATRIX = accessMatrix(provisioningRoutes);

describe.each(MATRIX)('$name', ({ route, callers, permission }) => {
  it('asks who is calling, and for what it says it needs', async () => {
    expect((await ask(backend.nobody, route)).status).toBe(401);
    for (const who of ['user', 'service'] as const) {
      if (callers.includes(who)) continue;
      const caller = who === 'user' ? backend.person(MIRA) : backend.service;
      await backend.asPlatform(async () =>
        expect((await ask(caller, route)).status).toBe(403),
      );
    }
    if (!permission) return;
    backend.policy.set(permission, 'deny');
    for (const who of callers) {
      const caller = who === 'user' ? backend.person(MIRA) : backend.service;
      const { status, body } = await ask(caller, route);
      expect(status).toBe(403);
      expect(body.error.message).toContain(permission);
    }
    const kind = route.method === 'get' ? 'fetch' : 'mutate';
    expect(backend.audits).toContainEqual(
      expect.objectContaining({
        eventId: `${route.audit}-${kind}`,
        outcome: 'failed',
        error: 'NotAllowedError',
      }),
    );
  });
});

/** Routes that are about no one request; every other is tried by everybody below. */
const OF_NONE = [
  'plan',
  'validateGpu',
  'createRequest',
  'getRequests',
  'checkName',
  'getTemplates',
  'getEntities',
  // For plugins alone.
  'getCommits',
  'getOperator',
  'pause',
  'getOpenApi',
];
const OF_ONE = Object.entries(provisioningRoutes).filter(
  ([name]) => !OF_NONE.includes(name),
);
/** Whoever sees the request may; what the password is good for is another matter. */
const OF_ALL = ['makeGitToken'];
/** Routes that change, by who beside nobody may: the owner group, or the platform. */
const PLATFORM_ONLY = ['forget'];
const BOTH = ['cancel', 'retry', 'start', 'stop'];

describe.each(OF_ONE)('%s', (name, route: Route) => {
  const refused = async (ref: string, of?: string) =>
    (await ask(backend.person(ref), route, of)).status;

  it('knows nothing of a request that is not to be seen', async () => {
    const { status, body } = await ask(backend.person(ANNA), route);
    const absent = await ask(
      backend.person(ANNA),
      route,
      '01a22c00-0000-7000-8000-000000000000',
    );
    // Whoever does not run the portal is told so before anything is looked up.
    const hidden = name === 'forget' ? 403 : 404;
    expect([status, absent.status]).toEqual([hidden, hidden]);
    const nameless = (text: string) => text.replace(/'[0-9a-f-]{36}'/, "'…'");
    expect(nameless(body.error.message)).toBe(
      nameless(absent.body.error.message),
    );
  });

  it('lets the owner group, the requester and the platform group do what is theirs', async () => {
    const isCommand = route.method === 'post' && !OF_ALL.includes(name);
    expect((await refused(TOM)) === 403).toBe(PLATFORM_ONLY.includes(name));
    const platform = await backend.asPlatform(() => refused(LENA));
    const ownersOnly =
      name === 'getAttic' ||
      (isCommand && !BOTH.includes(name) && !PLATFORM_ONLY.includes(name));
    expect(platform === 403).toBe(ownersOnly);
    // Who asked for it and has left the group looks on.
    const { groups } = backend.organisation;
    groups.set(MIRA, []);
    try {
      expect((await refused(MIRA)) === 403).toBe(
        isCommand || name === 'getAttic',
      );
    } finally {
      groups.set(MIRA, [PAYMENTS]);
    }
  });

  it('leaves what is for practice to who learns by it', async () => {
    expect(await refused(MIRA, practice)).toBe(
      PLATFORM_ONLY.includes(name) ? 403 : 404,
    );
    if (route.method === 'get' || PLATFORM_ONLY.includes(name)) return;
    const learner = await refused(ANNA, practice);
    expect(learner === 403).toBe(name === 'transfer');
  });

  it('is narrowed by the policy, and never widened', async () => {
    backend.policy.set('provisioning.request.read', {
      ...provisioningRequestConditions.isOwner({ owners: [SHOP] }),
    });
    expect(await refused(TOM)).toBe(name === 'forget' ? 403 : 404);
    backend.policy.set('provisioning.request.read', {
      ...provisioningRequestConditions.isRequest({ ids: [id] }),
    });
    expect((await refused(ANNA)) === 200).toBe(false);
    if (route.method === 'get' || PLATFORM_ONLY.includes(name)) return;
    if (OF_ALL.includes(name)) return;
    for (const what of ['update', 'deploy', 'destroy']) {
      backend.policy.set(`provisioning.request.${what}`, 'deny');
    }
    expect(await refused(TOM)).toBe(403);
  });
});

it('says what a git password is good for: to push is the owner group’s', async () => {
  const push = async (ref: string, of: string) => {
    const { status, body } = await askFor(
      backend.person(ref),
      provisioningRoutes.makeGitToken,
      of,
    );
    return status === 200 ? body.push : status;
  };
  expect(await push(TOM, id)).toBe(true);
  expect(await push(ANNA, id)).toBe(404);
  expect(await push(ANNA, practice)).toBe(true);
  expect(await backend.asPlatform(() => push(LENA, id))).toBe(false);
  expect(await backend.asPlatform(() => push(LENA, practice))).toBe(false);
});

it('takes a retry by somebody else for theirs: by their rights, looked up again', async () => {
  const { world, organisation } = backend;
  world.play('repo:ensure', 'failed');
  const { body } = await backend
    .person(MIRA)
    .post('/requests', await bodyOf('again'))
    .expect(202);
  await backend.settle();
  const path = `/requests/${body.id}/retry`;
  await backend.person(ANNA).post(path, {}).expect(404);
  // Who began it has left: it is no longer theirs to go on with.
  organisation.groups.set(MIRA, []);
  try {
    await backend.person(MIRA).post(path, {}).expect(403);
    world.play('repo:ensure', 'failed');
    const retried = await backend.person(TOM).post(path, {}).expect(202);
    await backend.settle();
    const runOf = (runId: string) =>
      backend.db('runs').where('id', runId).first('initiator', 'rights');
    expect(await runOf(retried.body.runId)).toEqual({
      initiator: TOM,
      rights: 'owner',
    });
    const last = await backend.asPlatform(() =>
      backend.person(LENA).post(path, {}).expect(202),
    );
    await backend.settle();
    expect(await runOf(last.body.runId)).toEqual({
      initiator: LENA,
      rights: 'platform',
    });
    const { state } = await backend
      .db('requests')
      .where('id', body.id)
      .first('state');
    expect(state).toBe('ready');
  } finally {
    organisation.groups.set(MIRA, [PAYMENTS]);
    await backend.db('requests').where('id', body.id).delete();
  }
});

it('lists what is to be seen, and nothing else', async () => {
  const seen = async (ref: string, query = '') => {
    const { body } = await backend
      .person(ref)
      .get(`/requests${query}`)
      .expect(200);
    return body.items.map(({ name }: { name: string }) => name).sort();
  };
  expect(await seen(TOM)).toEqual(['shop']);
  expect(await seen(ANNA)).toEqual(['lesson']);
  expect(await seen(LENA)).toEqual([]);
  await backend.asPlatform(async () => {
    expect(await seen(LENA)).toEqual(['lesson', 'shop']);
    expect(await seen(LENA, '?mine=true')).toEqual([]);
  });
  backend.policy.set('provisioning.request.read', {
    ...provisioningRequestConditions.isPractice({}),
  });
  expect(await seen(TOM)).toEqual([]);
  expect(RESOURCE_TYPE_REQUEST).toBe('provisioning-request');
});

it('lets a plugin end practice that is named for it, and nothing else', async () => {
  const dojo = backend.plugin('dojo');
  const body = { confirm: 'lesson' };
  const other = backend.plugin('other');
  await other.post(`/requests/${practice}/destroy`, body).expect(404);
  await backend.asPlatform(async () => {
    await other.post(`/requests/${practice}/destroy`, body).expect(403);
    await dojo.post(`/requests/${id}/destroy`, { confirm: 'shop' }).expect(403);
    await dojo.post(`/requests/${practice}/destroy`, body).expect(202);
  });
  await backend.settle();
  const { state } = await backend
    .db('requests')
    .where('id', practice)
    .first('state');
  expect(state).toBe('destroyed');
});
