import { TestDatabases } from '@backstage/backend-test-utils';
import fc from 'fast-check';
import knexFactory, { type Knex } from 'knex';
import { createHarness, type Harness } from '../__testUtils__/harness';
import { effortOn } from '@fawkes/kit-backend-test';
import { deploymentsMoved, lastChange, numberChanges } from './changes';

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });

describe.each(databases.eachSupportedId())('numbers of changes, %s', id => {
  const { params, timeout } = effortOn(id, { sqlite: 20, postgres: 20 });
  let harness: Harness;
  /** Two writers, two who number, one who reads: each with a connection of its own. */
  let own: Knex[];

  beforeAll(async () => {
    const db = await databases.init(id);
    harness = await createHarness(db);
    own = [1, 2, 3, 4, 5].map(() =>
      id.startsWith('SQLITE')
        ? db
        : knexFactory({ ...db.client.config, pool: { min: 0, max: 1 } }),
    );
  });
  afterAll(async () => {
    for (const db of own) if (db !== harness.db) await db.destroy();
  });
  beforeEach(() => harness.clear());

  const move = (db: Knex, ...keys: string[]) =>
    db.transaction(tx => deploymentsMoved(tx, keys));
  const numbers = async () => {
    const rows = await harness.db('deployment_changes').orderBy('number');
    return rows.map(row => [row.key, Number(row.number)]);
  };
  const after = async (db: Knex, number: number) => {
    const rows = await db('deployment_changes')
      .where('number', '>', number)
      .orderBy('number')
      .limit(2);
    return rows.map(row => ({ key: row.key, number: Number(row.number) }));
  };

  it('go up, and none is given out twice, also after the last is gone', async () => {
    await move(harness.db, 'b', 'a');
    expect(await numberChanges(harness.db, 10)).toBe(2);
    expect(await numbers()).toEqual([
      ['a', 1],
      ['b', 2],
    ]);
    await move(harness.db, 'b');
    expect(await lastChange(harness.db)).toBe(1);
    await numberChanges(harness.db, 10);
    expect(await numbers()).toEqual([
      ['a', 1],
      ['b', 3],
    ]);
    await harness.db('deployment_changes').where('key', 'b').delete();
    await move(harness.db, 'c');
    await numberChanges(harness.db, 10);
    expect(await lastChange(harness.db)).toBe(4);
    expect(await numberChanges(harness.db, 10)).toBe(0);
  });

  it('come in portions', async () => {
    await move(harness.db, 'a', 'b', 'c');
    expect(await numberChanges(harness.db, 2)).toBe(2);
    expect(await numberChanges(harness.db, 2)).toBe(1);
    expect(await lastChange(harness.db)).toBe(3);
  });

  if (!id.startsWith('SQLITE')) {
    it('are not given to what is not committed, and not passed to others over it', async () => {
      const late = await own[0].transaction();
      await deploymentsMoved(late, ['late', 'x']);
      await move(own[1], 'early');
      await numberChanges(own[2], 10);
      const [first] = await after(own[4], 0);
      expect(first).toEqual({ key: 'early', number: 1 });
      await late.commit();
      await numberChanges(own[3], 10);
      // Whoever had read up to the first still gets the late one.
      expect((await after(own[4], 1)).map(({ key }) => key)).toEqual([
        'late',
        'x',
      ]);
    });

    it('are not given to what somebody is changing at the moment', async () => {
      await move(harness.db, 'a', 'b');
      const busy = await own[0].transaction();
      await deploymentsMoved(busy, ['a']);
      expect(await numberChanges(own[1], 10)).toBe(1);
      await busy.commit();
      expect(await numberChanges(own[1], 10)).toBe(1);
      expect(await numbers()).toEqual([
        ['b', 1],
        ['a', 2],
      ]);
    });
  }

  const writes = fc.array(
    fc.array(fc.constantFrom('a', 'b', 'c', 'd', 'e'), {
      minLength: 1,
      maxLength: 3,
    }),
    { minLength: 1, maxLength: 8 },
  );

  it(
    'let whoever reads along miss nothing that two writers do at the same time',
    async () => {
      await fc.assert(
        fc.asyncProperty(writes, writes, async (left, right) => {
          await harness.clear();
          const written = new Map<string, number>();
          let writing = 2;
          const write = async (db: Knex, all: string[][]) => {
            for (const keys of all) {
              await move(db, ...keys);
              for (const key of keys) {
                written.set(key, (written.get(key) ?? 0) + 1);
              }
            }
            writing -= 1;
          };
          const number = async (db: Knex) => {
            while (writing > 0) await numberChanges(db, 2);
          };
          // What a copy that is kept up to date holds: key and number.
          const copy = new Map<string, number>();
          let cursor = 0;
          const read = async () => {
            const rows = await after(own[4], cursor);
            for (const row of rows) {
              expect(row.number).toBeGreaterThan(cursor);
              copy.set(row.key, row.number);
              cursor = row.number;
            }
            return rows.length;
          };
          const follow = async () => {
            while (writing > 0) await read();
          };
          await Promise.all([
            write(own[0], left),
            write(own[1], right),
            number(own[2]),
            number(own[3]),
            follow(),
          ]);
          while ((await numberChanges(own[2], 2)) > 0);
          while ((await read()) > 0);
          expect([...copy].sort()).toEqual((await numbers()).sort());
          expect(new Set(copy.keys())).toEqual(new Set(written.keys()));
        }),
        params,
      );
    },
    timeout,
  );
});
