import { TestDatabases } from '@backstage/backend-test-utils';
import { MIRA, TOM } from '../__testUtils__/organisation';
import { bodyOf, createTestBackend } from '../__testUtils__/testBackend';
import { purgeExpired } from './retention';

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });
const DAY_MS = 86_400_000;
const KEPT = { requestRetentionMs: 400 * DAY_MS, logRetentionMs: 90 * DAY_MS };

describe.each(databases.eachSupportedId())('retention, %s', id => {
  it('throws away what is past its time, blanks people, and keeps what exists', async () => {
    const backend = await createTestBackend({ db: await databases.init(id) });
    const { db } = backend;
    const mira = backend.person(MIRA);
    const create = async (name: string) => {
      const spec = { description: `Secrets of ${name}` };
      const body = await bodyOf(name, { spec });
      const { body: made } = await mira.post('/requests', body).expect(202);
      await backend.settle();
      return made.id as string;
    };
    const gone = await create('gone');
    const stays = await create('stays');
    await mira
      .post(`/requests/${gone}/destroy`, { confirm: 'gone' })
      .expect(202);
    await backend.settle();
    await db('leases').insert({
      name: 'run/dead',
      holder: 'x',
      token: 1,
      until: 0,
    });
    const count = async (table: string) => {
      const [{ count: rows }] = await db(table).count({ count: '*' });
      return Number(rows);
    };

    await purgeExpired(db, KEPT, Date.now());
    expect(await count('effect_logs')).toBeGreaterThan(0);
    expect(await count('bundles')).toBe(2);
    expect(await db('leases').where('name', 'like', 'run/%')).toEqual([]);

    await purgeExpired(db, KEPT, Date.now() + 401 * DAY_MS);
    expect(await count('effect_logs')).toBe(0);
    expect(await count('bundles')).toBe(1);
    const tom = backend.person(TOM);
    const { body: blank } = await tom.get(`/requests/${gone}`).expect(200);
    expect(blank).toMatchObject({
      state: 'destroyed',
      requester: 'user:default/unknown',
      specDigest: expect.stringMatching(/^[0-9a-f]{64}$/),
    });
    expect(JSON.stringify(blank)).not.toContain('Secrets of');
    expect(JSON.stringify(blank)).not.toContain(MIRA);
    await tom.get(`/requests/${gone}/bundle`).expect(404);
    const { body: revisions } = await tom
      .get(`/requests/${gone}/revisions`)
      .expect(200);
    expect(JSON.stringify(revisions)).not.toContain('Secrets of');

    const { body: there } = await tom.get(`/requests/${stays}`).expect(200);
    expect(there).toMatchObject({
      requester: MIRA,
      spec: { description: 'Secrets of stays' },
    });
    await tom.get(`/requests/${stays}/bundle`).expect(200);
  });
});
