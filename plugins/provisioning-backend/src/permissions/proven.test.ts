import { TestDatabases } from '@backstage/backend-test-utils';
import { LENA, PAYMENTS, TOM } from '../__testUtils__/people';
import { bodyOf, createTestBackend } from '../__testUtils__/testBackend';

const databases = TestDatabases.create({ ids: ['SQLITE_3'] });
const GUEST = 'user:development/guest';

/** Rights that only sign-in or the policy knows of, and the catalog does not. */
describe('what a run could not go on with', () => {
  async function backendOf() {
    const db = await databases.init('SQLITE_3');
    const backend = await createTestBackend({ db });
    backend.organisation.onlySignedIn.set(GUEST, [PAYMENTS]);
    return { backend, runs: () => db('runs').count({ n: '*' }).first() };
  }

  it('is not begun by somebody the catalog does not know, and the plan says so', async () => {
    const { backend, runs } = await backendOf();
    const guest = backend.person(GUEST);
    const { body: plan } = await guest
      .post('/plan', await bodyOf('ledger'))
      .expect(200);
    expect(plan.obstacles).toEqual([
      expect.objectContaining({
        code: 'owner.unproven',
        params: { person: GUEST, owner: PAYMENTS },
      }),
    ]);
    const { body } = await guest
      .post('/requests', await bodyOf('ledger'))
      .expect(403);
    expect(body.error.message).toMatch(/the catalog does not say/i);
    expect(await runs()).toEqual({ n: 0 });
  });

  it('is not begun by the right of a policy alone', async () => {
    const { backend, runs } = await backendOf();
    backend.organisation.groups.set('user:default/otto', []);
    await backend.asPlatform(async () => {
      const otto = backend.person('user:default/otto');
      await otto.post('/requests', await bodyOf('ledger')).expect(403);
      expect(await runs()).toEqual({ n: 0 });
      const lena = backend.person(LENA);
      await lena.post('/requests', await bodyOf('ledger')).expect(202);
    });
    await backend.settle();
  });

  it('is not taken down by it either', async () => {
    const { backend } = await backendOf();
    const tom = backend.person(TOM);
    const { body: made } = await tom
      .post('/requests', await bodyOf('ledger'))
      .expect(202);
    await backend.settle();
    const guest = backend.person(GUEST);
    const path = `/requests/${made.id}`;
    await guest.get(path).expect(200);
    await guest.post(`${path}/destroy`, { confirm: 'ledger' }).expect(403);
    const { body: after } = await tom.get(path).expect(200);
    expect(after.state).toBe('ready');
  });
});
