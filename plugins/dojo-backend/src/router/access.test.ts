import { TestDatabases } from '@backstage/backend-test-utils';
import { dojoRoutes } from '@fawkes/backstage-plugin-dojo-common';
import { accessMatrix } from '@fawkes/kit-backend-test';
import type { Route } from '@fawkes/kit-contract';
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

beforeAll(async () => {
  dojo = await startDojo(await databases.init('SQLITE_3'));
  const { body } = await dojo.me.get('/modules/dora-metrics').expect(200);
  quiz = body.quizzes[0].id;
  attempt = (await dojo.me.post('/attempts', { quiz }).expect(201)).body.id;
});
beforeEach(() => dojo.policy.clear());

const BODIES: Record<string, object> = {
  openLesson: { module: 'dora-metrics', lesson: 'clocks' },
  finishLesson: { module: 'dora-metrics', lesson: 'clocks' },
  saveAttempt: { seq: 1, answers: [] },
  submitAttempt: { seq: 1, answers: [] },
};

function ask(caller: Asker, name: string, route: Route) {
  const path = route.path
    .replace(':module', 'dora-metrics')
    .replace(':lesson', 'clocks')
    .replace(':attempt', attempt);
  const body = name.startsWith('startAttempt')
    ? { quiz }
    : BODIES[name.split(' ')[0]];
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
  await dojo.me
    .post('/lessons/opened', { module: 'dora-metrics', lesson: 'x' })
    .expect(404);
});
