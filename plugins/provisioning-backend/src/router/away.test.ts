import { TestDatabases } from '@backstage/backend-test-utils';
import { provisioningRoutes } from '@fawkes/backstage-plugin-provisioning-common';
import { AwayError } from '@fawkes/kit-backend/http';
import type { Route } from '@fawkes/kit-contract';
import { LENA, MIRA } from '../__testUtils__/organisation';
import { askFor } from '../__testUtils__/askFor';
import {
  bodyOf,
  createTestBackend,
  type TestBackend,
} from '../__testUtils__/testBackend';

const databases = TestDatabases.create({ ids: ['SQLITE_3'] });

let backend: TestBackend;
let id: string;
let before: object;

beforeAll(async () => {
  backend = await createTestBackend({ db: await databases.init('SQLITE_3') });
  const { body } = await backend
    .person(MIRA)
    .post('/requests', await bodyOf('shop'))
    .expect(202);
  id = body.id;
  await backend.settle();
  before = await held();
});

afterEach(() => {
  backend.organisation.away = undefined;
  backend.organisation.signInAway = undefined;
  jest.restoreAllMocks();
});

/** What the ledger holds of requests and runs. */
async function held() {
  return {
    requests: await backend.db('requests').select('id', 'state', 'run_id'),
    runs: await backend.db('runs').orderBy('id').select('id', 'state'),
  };
}

const refused = () =>
  Object.assign(new Error('connect'), { code: 'ECONNREFUSED' });

/** Said of how it was started. */
const SYNCHRONOUS = new Set([
  'checks',
  'isolation',
  'obstacle',
  'words',
  'deploys',
]);

/** Whatever the local host is asked, it cannot say. */
function hostAway() {
  const { localHost } = backend;
  for (const [name, value] of Object.entries(localHost)) {
    if (typeof value !== 'function' || SYNCHRONOUS.has(name)) continue;
    jest
      .spyOn(localHost, name as 'start')
      .mockRejectedValue(new AwayError('git cannot be started', 60));
  }
}

const AWAY: Array<[string, () => void]> = [
  ['the catalog', () => (backend.organisation.away = refused())],
  ['sign-in', () => (backend.organisation.signInAway = refused())],
  ['what runs here', hostAway],
];

/** With nothing in the way these would change what the next test looks at. */
const CHANGES = ['transfer', 'pause'];
const ASKED = Object.entries(provisioningRoutes).filter(
  ([name]) => !CHANGES.includes(name),
);

describe.each(AWAY)('%s is away', (_, goAway) => {
  it.each(ASKED)(
    '%s answers what it can, or when to ask again',
    async (__, route: Route) => {
      goAway();
      const ask = async (caller: TestBackend['me']) => {
        const { status, headers } = await askFor(caller, route, id);
        expect(status).not.toBe(500);
        expect(status === 503).toBe('retry-after' in headers);
      };
      if (route.who.includes('service')) await ask(backend.service);
      if (route.who.includes('user')) {
        await ask(backend.person(MIRA));
        await backend.asPlatform(() => ask(backend.person(LENA)));
      }
      expect(await held()).toEqual(before);
    },
  );
});

it('does not call a name free that nobody could look up', async () => {
  const ask = () => backend.person(MIRA).get('/names/service/fresh');
  expect((await ask()).body.free).toBe(true);
  backend.organisation.away = refused();
  const { status, headers } = await ask();
  expect(status).toBe(503);
  expect(headers['retry-after']).toBe('5');
});
