import { TestDatabases } from '@backstage/backend-test-utils';
import type { Knex } from 'knex';
import { isPostgres } from './dialect';
import { createLocks, dropLocks, lock } from './lock';

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });

describe.each(databases.eachSupportedId())('lock, %s', id => {
  let db: Knex;
  beforeEach(async () => {
    db = await databases.init(id);
    await createLocks(db);
  });

  const namesIn = async (table: string) =>
    (await db(table).orderBy('name')).map(row => row.name);

  it('needs a table that a migration makes and removes', async () => {
    await createLocks(db, 'others');
    await db.transaction(tx => lock(tx, ['b', 'a'], 'alone', 'others'));
    // SQLite needs no rows: it has one writer.
    const kept = isPostgres(db) ? ['a', 'b'] : [];
    expect(await namesIn('others')).toEqual(kept);
    expect(await namesIn('locks')).toEqual([]);
    await dropLocks(db, 'others');
    await dropLocks(db);
    expect(await db.schema.hasTable('others')).toBe(false);
    expect(await db.schema.hasTable('locks')).toBe(false);
  });

  it('makes the names it does not know, once, and nothing for none', async () => {
    await db.transaction(async tx => {
      await lock(tx, [], 'alone');
      await lock(tx, new Set(['a', 'b']), 'shared');
      await lock(tx, ['b', 'b', 'c'], 'alone');
    });
    expect(await namesIn('locks')).toEqual(
      isPostgres(db) ? ['a', 'b', 'c'] : [],
    );
  });
});

describe.each(TestDatabases.create({ ids: ['POSTGRES_18'] }).eachSupportedId())(
  'lock between transactions, %s',
  id => {
    type Mode = 'alone' | 'shared';
    let db: Knex;
    beforeAll(async () => {
      db = await databases.init(id);
      await createLocks(db);
    });

    /** What a second transaction gets while a first one holds a name. */
    async function meet(
      first: Mode,
      second: Mode,
      names: [string, string],
    ): Promise<'at once' | 'after the first'> {
      const events: string[] = [];
      const holder = await db.transaction();
      await lock(holder, [names[0]], first);
      const waiting = db.transaction(async tx => {
        const [{ pid }] = (await tx.raw('select pg_backend_pid() as pid')).rows;
        events.push(`pid ${pid}`);
        await lock(tx, [names[1]], second);
        events.push('held');
      });
      // Until the server says that it waits for a lock, or it is through.
      for (;;) {
        if (events.includes('held')) break;
        const pid = events[0]?.replace('pid ', '');
        if (pid) {
          const { rows } = await db.raw(
            `select 1 from pg_stat_activity where pid = ? and wait_event_type = 'Lock'`,
            [pid],
          );
          if (rows.length > 0) break;
        }
        await new Promise(setImmediate);
      }
      const outcome = events.includes('held') ? 'at once' : 'after the first';
      await holder.commit();
      await waiting;
      return outcome;
    }

    it.each([
      ['alone', 'alone', 'after the first'],
      ['alone', 'shared', 'after the first'],
      ['shared', 'alone', 'after the first'],
      ['shared', 'shared', 'at once'],
    ] as const)('who comes %s, %s: %s', async (first, second, outcome) => {
      // Names that are there already; making one is a write, which waits anyway.
      await db.transaction(tx => lock(tx, ['a', 'b'], 'alone'));
      expect(await meet(first, second, ['a', 'a'])).toBe(outcome);
      expect(await meet(first, second, ['a', 'b'])).toBe('at once');
    });

    it('keeps apart also those who come for a name nobody knew', async () => {
      expect(await meet('alone', 'alone', ['new', 'new'])).toBe(
        'after the first',
      );
    });

    it('takes names in one order, so that nobody is locked out', async () => {
      const names = Array.from({ length: 20 }, (_, n) => `name ${n}`);
      const shuffled = [names, [...names].reverse()];
      await Promise.all(
        Array.from({ length: 40 }, (_, n) =>
          db.transaction(tx =>
            lock(tx, shuffled[n % 2], n % 3 === 0 ? 'alone' : 'shared'),
          ),
        ),
      );
      expect(
        (await db('locks').whereIn('name', names)).map(row => row.name).sort(),
      ).toEqual([...names].sort());
    });
  },
);
