import { TestDatabases } from '@backstage/backend-test-utils';
import { insertRows } from '@fawkes/kit-backend/sql';
import { entityOf, MIRA } from '../__testUtils__/organisation';
import {
  bodyOf,
  createTestBackend,
  type TestBackend,
} from '../__testUtils__/testBackend';
import { keyText } from '../store/requests';
import { tables } from '../store/tables';

const databases = TestDatabases.create({ ids: ['SQLITE_3'] });

let backend: TestBackend;

beforeAll(async () => {
  backend = await createTestBackend({ db: await databases.init('SQLITE_3') });
  await backend
    .person(MIRA)
    .post('/requests', await bodyOf('shop'))
    .expect(202);
  await backend.settle();
});

/** Takes names as requests do. */
async function take(...names: string[]) {
  const [row] = await backend.db('requests').where('name', 'shop');
  const rows = names.map(name => ({
    ...row,
    id: `taken-${name}`,
    name,
    name_key: keyText({ kind: 'service', namespace: 'default', name }),
  }));
  await insertRows(backend.db, tables.requests, rows);
}

/** An answer, with what was asked for it. */
async function ask(name: string) {
  let statements = 0;
  const count = () => {
    statements += 1;
  };
  const catalog = jest.spyOn(backend.organisation.catalog, 'getEntitiesByRefs');
  backend.db.on('query', count);
  const { body } = await backend
    .person(MIRA)
    .get(`/names/service/${name}?owner=group:default/payments`)
    .expect(200);
  backend.db.removeListener('query', count);
  const questions = catalog.mock.calls.length;
  catalog.mockRestore();
  return { body, statements, questions };
}

it('asks as much about a name that sixty others have taken as about one that is free', async () => {
  const free = await ask('shed');
  expect(free.body).toMatchObject({ free: true, ownerAllowed: true });
  const once = await ask('shop');
  expect(once.body).toMatchObject({ free: false, suggestion: 'shop-service' });
  await take(
    'shop-service',
    ...Array.from({ length: 60 }, (_, n) => `shop-${n + 2}`),
  );
  const often = await ask('shop');
  expect(often.body).toMatchObject({ free: false, suggestion: 'shop-62' });
  expect([often.statements, often.questions]).toEqual([
    once.statements,
    once.questions,
  ]);
  expect(often.statements - free.statements).toBeLessThanOrEqual(1);
  expect(often.questions).toBeLessThanOrEqual(2);
});

it('suggests no name that the catalog has', async () => {
  backend.organisation.others.push(
    entityOf('component:default/shop-62'),
    entityOf('component:default/shop-63'),
  );
  expect((await ask('shop')).body.suggestion).toBe('shop-64');
});
