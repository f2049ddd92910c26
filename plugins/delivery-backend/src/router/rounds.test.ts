import { TestDatabases } from '@backstage/backend-test-utils';
import {
  createSecretBackend,
  type SecretBackend,
} from '../__testUtils__/secretBackend';
import { CART, DOMAIN, PAYMENTS } from '../__testUtils__/testCatalog';

/** How often an answer asks others: each round is a request in a portal. */
const databases = TestDatabases.create({ ids: ['SQLITE_3'] });
let backend: SecretBackend['backend'];
let keys: SecretBackend['keys'];

beforeAll(async () => {
  ({ backend, keys } = await createSecretBackend(
    await databases.init('SQLITE_3'),
  ));
});

async function roundsOf(path: string) {
  const before = { ...backend.asked };
  await backend.me.get(path).expect(200);
  return {
    permissions: backend.asked.permissions - before.permissions,
    entities: backend.asked.entities - before.entities,
  };
}

it('a deployment, whatever it has to do with: one each', async () => {
  let incidents = 0;
  let changes = 0;
  for (const key of Object.values(keys)) {
    const path = `/deployments/${key}`;
    const { body } = await backend.me.get(path).expect(200);
    incidents += body.incidents.length;
    changes += body.changes.length;
    expect(await roundsOf(path)).toEqual({ permissions: 1, entities: 1 });
  }
  expect(incidents).toBeGreaterThan(2);
  expect(changes).toBeGreaterThan(2);
});

it.each([
  '/metrics',
  `/metrics?scope=${CART}`,
  `/deployments?scope=${CART}&scope=${PAYMENTS}`,
  `/deployments?scope=${CART}&changedAfter=0`,
  `/environments?service=${CART}&environment=production`,
  '/metrics/by',
])('%s: one each', async path => {
  expect(await roundsOf(path)).toEqual({ permissions: 1, entities: 1 });
});

it('a scope is walked level by level', async () => {
  expect(await roundsOf(`/metrics?scope=${DOMAIN}`)).toEqual({
    permissions: 1,
    entities: 3,
  });
});
