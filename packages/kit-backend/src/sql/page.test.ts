import { TestDatabases } from '@backstage/backend-test-utils';
import fc from 'fast-check';
import type { Knex } from 'knex';
import { defineTable } from './table';
import { page } from './page';

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });

const notes = defineTable({
  name: 'notes',
  columns: { id: 'text', number: 'big', rank: 'int', at: 'double' },
  keys: ['id'],
});

const cursorOf = (...parts: unknown[]) =>
  Buffer.from(JSON.stringify(parts)).toString('base64url');

describe.each(databases.eachSupportedId())('page, %s', databaseId => {
  let db: Knex;
  beforeAll(async () => {
    db = await databases.init(databaseId);
    await db.schema.createTable('notes', t => {
      t.string('id').primary();
      t.bigInteger('number').notNullable();
      t.integer('rank').notNullable();
      t.double('at').notNullable();
    });
  });
  beforeEach(() => db('notes').delete());

  const keep = (...ats: number[]) =>
    db('notes').insert(
      ats.map((at, n) => ({ id: `id-${n}`, number: n, rank: n % 3, at })),
    );

  /** Goes through a list to its end. */
  async function readAll(
    by: Parameters<typeof page<typeof notes.columns>>[2],
    limit: number,
  ): Promise<string[]> {
    const ids: string[] = [];
    for (let cursor: string | undefined; ; ) {
      const { rows, nextCursor } = await page(db('notes'), notes, by, {
        cursor,
        limit,
      });
      expect(rows.length).toBeLessThanOrEqual(limit);
      ids.push(...rows.map(row => row.id));
      if (nextCursor === null) return ids;
      cursor = nextCursor;
    }
  }

  it('shows every row once, newest first, whatever the size of pages', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.constantFrom(-1, 0, 1.5, 1_750_000_000_000), {
          minLength: 1,
          maxLength: 12,
        }),
        fc.integer({ min: 1, max: 13 }),
        async (ats, limit) => {
          await db('notes').delete();
          await keep(...ats);
          const expected = ats
            .map((at, n) => ({ at, id: `id-${n}` }))
            .sort((a, b) => b.at - a.at || (a.id < b.id ? -1 : 1))
            .map(({ id }) => id);
          expect(await readAll({ at: 'at', key: 'id' }, limit)).toEqual(
            expected,
          );
        },
      ),
      { numRuns: 40 },
    );
  });

  it('goes by whole numbers that need no key beside them', async () => {
    await keep(0, 0, 0);
    expect(await readAll({ at: 'number' }, 2)).toEqual([
      'id-2',
      'id-1',
      'id-0',
    ]);
  });

  it('sorts what is of one instant by what others call it', async () => {
    const names = ['b', 'B', 'ä', 'a b', '', 'a', '\u{1F680}'];
    await db('notes').insert(
      names.map((id, n) => ({ id: `${id}`, number: n, rank: 0, at: 1 })),
    );
    await db('notes').insert({ id: 'z', number: 9, rank: 0, at: 0 });
    const expected = ['\u{1F680}', 'ä', 'b', 'a b', 'a', 'B', '', 'z'];
    for (const limit of [1, 3, 9]) {
      expect(await readAll({ at: 'at', ties: ['id'] }, limit)).toEqual(
        expected,
      );
    }
  });

  it('says that nothing follows the last page, also a full one', async () => {
    await keep(1, 2);
    const ask = (limit: number) =>
      page(db('notes'), notes, { at: 'at', key: 'id' }, { limit });
    expect((await ask(2)).nextCursor).toBeNull();
    expect((await ask(1)).nextCursor).not.toBeNull();
    await db('notes').delete();
    expect(await ask(1)).toEqual({ rows: [], nextCursor: null });
  });

  it('is not shifted by what comes in meanwhile', async () => {
    await keep(1, 2);
    const by = { at: 'at', key: 'id' } as const;
    const first = await page(db('notes'), notes, by, { limit: 1 });
    await db('notes').insert({ id: 'new', number: 9, rank: 9, at: 3 });
    const second = await page(db('notes'), notes, by, {
      cursor: first.nextCursor!,
      limit: 5,
    });
    expect([...first.rows, ...second.rows].map(row => row.id)).toEqual([
      'id-1',
      'id-0',
    ]);
  });

  it('narrows a query that has conditions and joins of its own', async () => {
    await keep(1, 2, 3, 4);
    const query = () =>
      db('notes')
        .innerJoin({ others: 'notes' }, 'others.id', 'notes.id')
        .where('notes.rank', 0);
    const by = { at: 'at', key: 'id' } as const;
    const first = await page(query(), notes, by, { limit: 1 });
    const second = await page(query(), notes, by, {
      cursor: first.nextCursor!,
      limit: 1,
    });
    expect([first, second].map(({ rows }) => rows[0].id)).toEqual([
      'id-3',
      'id-0',
    ]);
  });

  it('refuses whatever was not given out, and asks the database nothing', async () => {
    const statements: unknown[] = [];
    db.on('query', statement => statements.push(statement));
    const outcome = (cursor: string, at: 'at' | 'number' | 'rank') =>
      page(db('notes'), notes, { at, key: 'id' }, { cursor, limit: 1 }).then(
        () => 'understood',
        String,
      );
    const refused = 'InputError: cursor: is not one this API gave out';
    for (const [cursor, at] of [
      ['', 'at'],
      ['%%%', 'at'],
      ['a'.repeat(100_000), 'at'],
      [cursorOf(), 'at'],
      [cursorOf(1), 'at'],
      [cursorOf('1', 'a'), 'at'],
      [cursorOf(null, 'a'), 'at'],
      [cursorOf(1, 7), 'at'],
      [cursorOf(1, 'a\0'), 'at'],
      [cursorOf(1, 'a', 'b'), 'at'],
      [cursorOf(1, 'x'.repeat(201)), 'at'],
      [Buffer.from('{"at":1}').toString('base64url'), 'at'],
      // Numbers that no whole number can be compared with.
      [cursorOf(1.5, 'a'), 'number'],
      [cursorOf(1e300, 'a'), 'number'],
      [cursorOf(1.5, 'a'), 'rank'],
      [cursorOf(2_147_483_648, 'a'), 'rank'],
    ] as const) {
      expect([cursor.slice(0, 40), at, await outcome(cursor, at)]).toEqual([
        cursor.slice(0, 40),
        at,
        refused,
      ]);
    }
    expect(statements).toEqual([]);
    await fc.assert(
      fc.asyncProperty(
        fc.oneof(fc.string(), fc.json(), fc.base64String()),
        async text => {
          for (const cursor of [
            text,
            Buffer.from(text).toString('base64url'),
          ]) {
            expect(['understood', refused]).toContain(
              await outcome(cursor, 'rank'),
            );
          }
        },
      ),
      { numRuns: 200 },
    );
    expect(await outcome(cursorOf(2_147_483_647, 'a'), 'rank')).toBe(
      'understood',
    );
  });
});
