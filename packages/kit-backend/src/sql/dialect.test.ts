import { TestDatabases } from '@backstage/backend-test-utils';
import fc from 'fast-check';
import type { Knex } from 'knex';
import {
  distinctList,
  forShare,
  forUpdate,
  insertRows,
  inTransaction,
  isPostgres,
  jsonArrayValues,
  rawRows,
  rowsFrom,
  rowSource,
} from './dialect';
import { defineTable, pick, select } from './table';

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });

const notes = defineTable({
  name: 'notes',
  columns: {
    id: 'text',
    title: 'text?',
    rank: 'int?',
    at: 'double?',
    done: 'bool?',
  },
  keys: ['id'],
});
const titled = pick(notes, 'id', 'title');

/** U+0000 and half pairs become U+FFFD, as UTF-8 makes them. */
function storable(text: string): string {
  return Buffer.from(text.replaceAll('\0', '\ufffd')).toString();
}

describe.each(databases.eachSupportedId())('dialect, %s', databaseId => {
  let db: Knex;
  beforeAll(async () => {
    db = await databases.init(databaseId);
    await db.schema.createTable('notes', t => {
      t.string('id').primary();
      t.text('title');
      t.integer('rank').defaultTo(7);
      t.double('at');
      t.boolean('done');
    });
  });
  beforeEach(() => db('notes').delete());

  const titles = async () =>
    (await select(db('notes').orderBy('id'), notes, 'id', 'title')).map(
      row => `${row.id} ${row.title}`,
    );

  it('knows which database it speaks to', () => {
    expect(isPostgres(db)).toBe(databaseId === 'POSTGRES_18');
  });

  describe('insertRows', () => {
    const value = {
      title: fc.option(fc.string({ unit: 'binary' })),
      rank: fc.option(fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 })),
      at: fc.option(fc.double({ noNaN: true, noDefaultInfinity: true })),
      done: fc.option(fc.boolean()),
    };

    it('keeps every value there is, any number of rows at once', async () => {
      await fc.assert(
        fc.asyncProperty(
          fc.array(fc.record(value), { maxLength: 20 }),
          async values => {
            await db('notes').delete();
            const rows = values.map((row, n) => ({
              ...row,
              id: String(n).padStart(3, '0'),
              at: row.at === null ? null : row.at + 0,
            }));
            await insertRows(db, notes, rows);
            const found = await select(db('notes').orderBy('id'), notes);
            expect(
              found.map(row => ({
                ...row,
                done: row.done === null ? null : Boolean(row.done),
              })),
            ).toEqual(
              // What PostgreSQL's text cannot hold is a mark on both.
              rows.map(row => ({
                ...row,
                at: row.at === null ? null : row.at || 0,
                title: row.title === null ? null : storable(row.title),
              })),
            );
          },
        ),
        { numRuns: 60 },
      );
    });

    it('does not take a backslash for an escape', async () => {
      const hostile = ['\\u0000', '\\\\u0000', "'); drop table notes; --", '?'];
      await insertRows(
        db,
        titled,
        hostile.map((title, n) => ({ id: String(n), title })),
      );
      expect(await titles()).toEqual(
        hostile.map((title, n) => `${n} ${title}`),
      );
    });

    it('takes more rows than a statement has room for bindings', async () => {
      const rows = Array.from({ length: 70_000 }, (_, n) => ({
        id: String(n),
        title: null,
      }));
      await insertRows(db, titled, rows);
      expect(Number((await db('notes').count({ n: '*' }))[0].n)).toBe(70_000);
    });

    it('leaves columns it is not given to their defaults', async () => {
      await insertRows(db, titled, [{ id: '1', title: 'a' }]);
      expect(await db('notes').first('rank')).toEqual({ rank: 7 });
    });

    it('says what it inserted, and nothing of what was there', async () => {
      await insertRows(db, titled, [{ id: '1', title: 'old' }]);
      const inserted = await insertRows(
        db,
        titled,
        [
          { id: '1', title: 'new' },
          { id: '2', title: 'new' },
        ],
        'keep',
        ['id'],
      );
      expect(inserted).toEqual([{ id: '2' }]);
      expect(await titles()).toEqual(['1 old', '2 new']);
      expect(await insertRows(db, titled, [], 'keep', ['id'])).toEqual([]);
    });

    it('updates what it is told to, by name or by SQL', async () => {
      await insertRows(db, pick(notes, 'id', 'title', 'rank'), [
        { id: '1', title: 'old', rank: 3 },
      ]);
      await insertRows(
        db,
        pick(notes, 'id', 'title', 'rank'),
        [{ id: '1', title: 'new', rank: 9 }],
        { update: ['title'] },
      );
      expect(await db('notes').first('title', 'rank')).toEqual({
        title: 'new',
        rank: 3,
      });
      await insertRows(db, pick(notes, 'id', 'rank'), [{ id: '1', rank: 4 }], {
        update: 'rank = notes.rank + excluded.rank',
      });
      expect(await db('notes').first('rank')).toEqual({ rank: 7 });
    });

    it('is an error where a key is taken and nobody said what then', async () => {
      await insertRows(db, titled, [{ id: '1', title: 'old' }]);
      await expect(
        insertRows(db, titled, [{ id: '1', title: 'new' }]),
      ).rejects.toThrow(/unique/i);
    });

    it('does not compile with other columns than the table has', async () => {
      await expect(
        insertRows(db, titled, [
          // @ts-expect-error: misspelt, and the right one is missing
          { id: '1', titel: 'a' },
        ]),
      ).resolves.toEqual([]);
    });
  });

  it('joins with rows of its own, and selects from them', async () => {
    await insertRows(db, titled, [
      { id: '1', title: 'a' },
      { id: '2', title: 'b' },
    ]);
    const asked = [{ id: '2', weight: 1.5 }];
    const columns = { id: 'text', weight: 'double' } as const;
    expect(
      await db('notes')
        .innerJoin(rowsFrom(db, columns, asked), 'k.id', 'notes.id')
        .select('notes.title', 'k.weight'),
    ).toEqual([{ title: 'b', weight: 1.5 }]);
    const { sql, bindings } = rowSource(db, columns, asked);
    expect(
      await rawRows(db, `select k.weight * 2 as twice from ${sql}`, bindings),
    ).toEqual([{ twice: 3 }]);
  });

  it('reads and makes lists in JSON', async () => {
    await insertRows(db, titled, [
      { id: '1', title: '["a","b"]' },
      { id: '2', title: '[]' },
    ]);
    const lateral = isPostgres(db) ? 'cross join lateral' : 'cross join';
    expect(
      await rawRows(
        db,
        `select notes.id, item.value from notes ${lateral} ${jsonArrayValues(
          db,
          'notes.title',
          'item',
        )} order by item.value`,
        [],
      ),
    ).toEqual([
      { id: '1', value: 'a' },
      { id: '1', value: 'b' },
    ]);
    const list = async (condition: string) => {
      const [{ ids }] = await rawRows<{ ids: string | null }>(
        db,
        `select ${distinctList(db, 'id')} as ids from notes where ${condition}`,
        [],
      );
      return JSON.parse(ids ?? '[]').sort();
    };
    expect(await list('true')).toEqual(['1', '2']);
    expect(await list('false')).toEqual([]);
  });

  it('runs a transaction again after a tie, and no more than eight times', async () => {
    const tie = Object.assign(new Error('deadlock'), { code: '40P01' });
    let runs = 0;
    expect(
      await inTransaction(db, async tx => {
        await insertRows(tx, titled, [{ id: String(runs), title: null }]);
        runs += 1;
        if (runs < 3) throw tie;
        return 'done';
      }),
    ).toBe('done');
    // What was thrown away left nothing behind.
    expect(await titles()).toEqual(['2 null']);
    const always = jest.fn(() => Promise.reject(tie));
    await expect(inTransaction(db, always)).rejects.toBe(tie);
    expect(always).toHaveBeenCalledTimes(8);
    const wrong = jest.fn(() => Promise.reject(new Error('wrong')));
    await expect(inTransaction(db, wrong)).rejects.toThrow('wrong');
    expect(wrong).toHaveBeenCalledTimes(1);
  });

  it('lets several keep a row as it is, and none of them be overtaken', async () => {
    await insertRows(db, titled, [{ id: '1', title: null }]);
    const keep = (tx: Knex.Transaction) =>
      forShare(tx, select(tx('notes'), notes, 'id'));
    await db.transaction(async tx => {
      expect(await keep(tx)).toEqual([{ id: '1' }]);
      if (!isPostgres(db)) return;
      await db.transaction(async other => {
        expect(await keep(other)).toEqual([{ id: '1' }]);
        const taken = forUpdate(other, select(other('notes'), notes, 'id'), {
          skipLocked: true,
        });
        expect(await taken).toEqual([]);
      });
    });
  });

  it('hands rows out to one transaction only', async () => {
    await insertRows(db, titled, [{ id: '1', title: null }]);
    const take = (tx: Knex.Transaction) =>
      forUpdate(tx, select(tx('notes'), notes, 'id'), {
        skipLocked: true,
        of: 'notes',
      });
    await db.transaction(async tx => {
      expect(await take(tx)).toEqual([{ id: '1' }]);
      // SQLite has one writer, and its only connection is taken.
      const others = isPostgres(db) ? await db.transaction(take) : [];
      expect(others).toEqual([]);
    });
    expect(await db.transaction(take)).toEqual([{ id: '1' }]);
  });
});
