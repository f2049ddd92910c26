import { TestDatabases } from '@backstage/backend-test-utils';
import { dojoRoutes } from '@fawkes/backstage-plugin-dojo-common';
import { accessMatrix } from '@fawkes/kit-backend-test';
import type { Route } from '@fawkes/kit-contract';
import { labCatalog } from '../__testUtils__/labWorld';
import {
  startDojo,
  type Asker,
  type TestDojo,
} from '../__testUtils__/testDojo';

const databases = TestDatabases.create({ ids: ['SQLITE_3'] });
const MATRIX = accessMatrix(dojoRoutes);
let dojo: TestDojo;
let attempt: string;
let quiz: string;
let lab: string;
let run: string;

beforeAll(async () => {
  dojo = await startDojo(await databases.init('SQLITE_3'), undefined, {
    catalog: labCatalog(),
  });
  const { body } = await dojo.me.get('/modules/dora-metrics').expect(200);
  quiz = body.quizzes[0].id;
  attempt = (await dojo.me.post('/attempts', { quiz }).expect(201)).body.id;
  const { body: module } = await dojo.me.get('/modules/internal-platforms');
  lab = module.labs[0].id;
  run = (await dojo.me.post('/runs', { lab }).expect(201)).body.id;
});
beforeEach(() => dojo.policy.clear());

const BODIES: Record<string, object> = {
  openLesson: { module: 'dora-metrics', lesson: 'clocks' },
  finishLesson: { module: 'dora-metrics', lesson: 'clocks' },
  saveAttempt: { seq: 1, answers: [] },
  submitAttempt: { seq: 1, answers: [] },
  checkRun: { answers: [] },
  visitStep: { step: 'catalog' },
  changeChoices: { showBelts: true, showName: false },
  askErasure: {},
  lookAtTeam: { group: 'group:default/none' },
  proposeRevocation: { credential: 'none', reason: 'Something was forged' },
};

function ask(caller: Asker, name: string, route: Route) {
  const path = route.path
    .replace(':lab', 'find-owner')
    .replace(
      ':module',
      name.startsWith('getLab') ? 'internal-platforms' : 'dora-metrics',
    )
    .replace(':belt', 'white')
    .replace(':award', 'none')
    .replace(':revocation', 'none')
    .replace(':run', run)
    .replace(':lesson', 'clocks')
    .replace(':attempt', attempt);
  const [own] = name.split(' ');
  const body = { startAttempt: { quiz }, startRun: { lab }, ...BODIES }[own];
  if (own === 'getCertificateFile') return caller.get(`${path}?kind=json`);
  if (route.method === 'get') return caller.get(path);
  return route.method === 'put'
    ? caller.put(path, body)
    : caller.post(path, body);
}

it('has a permission for every route', () => {
  expect(MATRIX.filter(({ permission }) => permission === undefined)).toEqual(
    [],
  );
});

it.each(MATRIX)(
  '$name, and a name',
  async ({ name, route, permission, callers }) => {
    expect((await ask(dojo.nobody, name, route)).status).toBe(401);
    dojo.policy.set(permission!, 'deny');
    for (const caller of callers.map(who =>
      who === 'user' ? dojo.me : dojo.service,
    )) {
      const { status, body } = await ask(caller, name, route);
      expect(status).toBe(403);
      expect(body.error.message).toContain(permission);
    }
    // Whoever is not named is refused whatever the policy says.
    dojo.policy.clear();
    const service = await ask(dojo.service, name, route);
    expect(service.status === 403).toBe(!callers.includes('service'));
  },
);

it('says the same of a module and a lesson there are not', async () => {
  const { body } = await dojo.me.get('/modules/nothing').expect(404);
  expect(body.error.code).toBe('module.not_found');
  await dojo.me.get('/modules/dora-metrics/lessons/nothing').expect(404);
  await dojo.me.post('/attempts', { quiz: 'nothing' }).expect(404);
  await dojo.me.get('/modules/dora-metrics/labs/nothing').expect(404);
  await dojo.me.get('/modules/nothing/labs/find-owner').expect(404);
  await dojo.me.post('/runs', { lab: 'nothing' }).expect(404);
  await dojo.me
    .post('/lessons/opened', { module: 'dora-metrics', lesson: 'x' })
    .expect(404);
});

it('hides a run from everybody else, the platform team and services included', async () => {
  const { body: none } = await dojo.me.get('/runs/nothing').expect(404);
  for (const other of ['user:default/other', 'user:default/guest']) {
    const { body } = await dojo.person(other).get(`/runs/${run}`).expect(404);
    expect(body.error).toMatchObject({
      code: none.error.code,
      message: none.error.message,
    });
    const check = await dojo
      .person(other)
      .post(`/runs/${run}/check`, { answers: [] });
    expect(check.status).toBe(404);
    const visit = await dojo
      .person(other)
      .post(`/runs/${run}/visits`, { step: 'catalog' });
    expect(visit.status).toBe(404);
    const { body: theirs } = await dojo
      .person(other)
      .get('/modules/internal-platforms/labs/find-owner')
      .expect(200);
    expect(theirs.run).toBeNull();
  }
  await dojo.service.get(`/runs/${run}`).expect(403);
});
