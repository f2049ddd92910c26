import { TestDatabases } from '@backstage/backend-test-utils';
import { MIRA } from '../__testUtils__/organisation';
import {
  bodyOf,
  createTestBackend,
  type TestBackend,
} from '../__testUtils__/testBackend';

const databases = TestDatabases.create({ ids: ['POSTGRES_18'] });

describe.each(databases.eachSupportedId())(
  'two portals on one database, %s',
  databaseId => {
    let portals: TestBackend[];
    beforeAll(async () => {
      const db = await databases.init(databaseId);
      const first = await createTestBackend({ db });
      const { world } = first;
      portals = [first, await createTestBackend({ db, world })];
    });

    const askBoth = (bodies: object[]) =>
      Promise.all(
        portals.map((portal, n) =>
          portal.person(MIRA).post('/requests', bodies[n % bodies.length]),
        ),
      );

    it('that are asked for the same at once make it once, and both say so', async () => {
      for (let round = 0; round < 5; round++) {
        const body = await bodyOf(`same-${round}`);
        const answers = await askBoth([body]);
        expect(answers.map(({ status }) => status).sort()).toEqual([200, 202]);
        const [one, other] = answers.map(answer => answer.body);
        expect([other.id, other.runId]).toEqual([one.id, one.runId]);
        await portals[0].settle();
        const runs = await portals[0].db('runs').where('request_id', one.id);
        expect(runs).toHaveLength(1);
        for (const portal of portals) {
          const { body: seen } = await portal
            .person(MIRA)
            .get(`/requests/${one.id}`)
            .expect(200);
          expect(seen).toMatchObject({ state: 'ready' });
        }
      }
      const { made, faults } = portals[0].world;
      expect(faults).toEqual([]);
      const markers = made.map(({ marker }) => marker);
      expect(new Set(markers).size).toBe(markers.length);
    });

    it('that are asked for different things take one, and refuse the other with the difference', async () => {
      for (let round = 0; round < 5; round++) {
        const name = `different-${round}`;
        const answers = await askBoth([
          await bodyOf(name, { spec: { description: 'One' } }),
          await bodyOf(name, { spec: { description: 'Another' } }),
        ]);
        const taken = answers.filter(({ status }) => status === 202);
        const refused = answers.filter(({ status }) => status === 409);
        expect([taken.length, refused.length]).toEqual([1, 1]);
        const { error } = refused[0].body;
        expect(error.code).toBe('SPEC_DIFFERS');
        expect(JSON.stringify(error.details)).toContain('description');
        await portals[0].settle();
        const runs = await portals[0]
          .db('runs')
          .where('request_id', taken[0].body.id);
        expect(runs).toHaveLength(1);
      }
    });
  },
);
