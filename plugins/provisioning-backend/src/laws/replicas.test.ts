import { TestDatabases } from '@backstage/backend-test-utils';
import fc from 'fast-check';
import knexFactory, { type Knex } from 'knex';
import { acceptPlain, runnerOn } from '../__testUtils__/harness';
import { ledgerFaults } from '../__testUtils__/ledgerFaults';
import { World, type Play } from '../__testUtils__/world';
import { Leases, LeaseLostError, type Lease } from '../leases';
import { MIGRATIONS } from '../store/database';

const databases = TestDatabases.create({ ids: ['POSTGRES_18'] });

describe.each(databases.eachSupportedId())('two replicas, %s', id => {
  let db: Knex;
  let replicas: Knex[];
  beforeAll(async () => {
    db = await databases.init(id);
    await db.migrate.latest({ directory: MIGRATIONS });
    replicas = [1, 2].map(() =>
      knexFactory({ ...db.client.config, pool: { min: 0, max: 8 } }),
    );
  });
  afterAll(async () => {
    for (const replica of replicas) await replica.destroy();
  });

  it('share the runs: each is driven once, whoever takes it', async () => {
    const world = new World();
    const plays: Play[] = ['done', 'lost', 'nothing', 'done'];
    for (let n = 0; n < 30; n++) {
      world.play('repo:ensure', plays[n % plays.length]);
    }
    const requests = await Promise.all(
      Array.from({ length: 30 }, (_, n) =>
        acceptPlain(db, { name: `shared-${n}` }),
      ),
    );
    await Promise.all(
      replicas.map(replica => runnerOn({ db: replica, world }).settle()),
    );
    // Whoever was slower to look may have left what the other had in hand.
    await runnerOn({ db, world }).settle();
    const states = await db('requests').pluck('state');
    expect(new Set(states)).toEqual(new Set(['ready']));
    expect(world.faults).toEqual([]);
    const markers = world.made.map(({ marker }) => marker);
    expect(new Set(markers).size).toBe(markers.length);
    expect(markers).toHaveLength(30 * 6);
    for (const request of requests) {
      expect(await ledgerFaults(db, world, request.id)).toEqual([]);
    }
  });

  it('hold a lease one at a time, and the older holder writes nothing', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.integer({ min: 0, max: 1 }), {
          minLength: 2,
          maxLength: 6,
        }),
        fc.uuid(),
        async (takers, name) => {
          const leases = replicas.map(
            (replica, n) =>
              new Leases({
                db: replica,
                holder: `replica ${n}`,
                ttlMs: 60_000,
              }),
          );
          let last = 0;
          for (const n of takers) {
            const taken = await Promise.all(
              leases.map(each => each.take(name)),
            );
            const held = taken.filter(lease => lease !== undefined);
            expect(held).toHaveLength(1);
            expect(held[0].token).toBeGreaterThan(last);
            last = held[0].token;
            await db('leases').where({ name }).update({ until: 0 });
            const next = await leases[n].take(name);
            expect(next).toBeDefined();
            await expect(
              writeUnder(leases[1 - n], held[0], `${name}/late`),
            ).rejects.toThrow(LeaseLostError);
            await expect(leases[n].renew(held[0])).resolves.toBe(false);
            last = next!.token;
            await leases[n].release(next!);
          }
          expect(await db('locks').where('name', 'like', `${name}/%`)).toEqual(
            [],
          );
        },
      ),
      { numRuns: 10 },
    );
  });
});

function writeUnder(leases: Leases, lease: Lease, name: string): Promise<void> {
  return leases.fenced(lease, async tx => tx('locks').insert({ name }));
}
