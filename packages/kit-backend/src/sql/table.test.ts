import { TestDatabases } from '@backstage/backend-test-utils';
import type { Knex } from 'knex';
import { textOf } from './columns';
import { insertRows } from './dialect';
import {
  columnsOf,
  defineTable,
  omit,
  pick,
  select,
  type NewRowOf,
  type RowOf,
} from './table';

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });

const notes = defineTable({
  name: 'notes',
  columns: {
    id: 'big',
    title: 'text',
    mood: textOf<'good' | 'bad'>('text?'),
    rank: 'int',
    at: 'double',
    done: 'bool',
  },
  keys: ['id'],
});
type Note = RowOf<typeof notes>;
const unnumbered = omit(notes, 'id');

describe('tables as data', () => {
  it('give their columns, some of them, or all but some', () => {
    expect(columnsOf(pick(notes, 'id', 'at'))).toEqual(['id', 'at']);
    expect(pick(notes, 'id', 'at').keys).toEqual(['id']);
    expect(pick(notes, 'at').keys).toEqual([]);
    expect(columnsOf(unnumbered)).toEqual([
      'title',
      'mood',
      'rank',
      'at',
      'done',
    ]);
    expect(unnumbered.keys).toEqual([]);
    expect(unnumbered.name).toBe('notes');
  });

  it('do not compile with what they do not have', () => {
    // @ts-expect-error: no such column
    pick(notes, 'titel');
    // @ts-expect-error: no such column
    omit(notes, 'titel');
    // @ts-expect-error: no key that is no column
    defineTable({ name: 'a', columns: { b: 'text' }, keys: ['c'] });
    // @ts-expect-error: no such type
    defineTable({ name: 'a', columns: { b: 'varchar' }, keys: [] });
    const row = { id: 1, title: 't', rank: 1, at: 1, done: true };
    // @ts-expect-error: may be nothing, but not left out
    const short: NewRowOf<typeof notes> = row;
    // @ts-expect-error: a word the column does not hold
    const odd: NewRowOf<typeof notes> = { ...row, mood: 'fair' };
    const found = { ...row, mood: null } as Note;
    // @ts-expect-error: SQLite gives 0 and 1
    const done: boolean = found.done;
    // @ts-expect-error: may be nothing
    const mood: 'good' | 'bad' = found.mood;
    // @ts-expect-error: no such column
    const titel = found.titel;
    expect([short, odd, done, mood, titel]).toHaveLength(5);
  });
});

describe.each(databases.eachSupportedId())('select, %s', id => {
  let db: Knex;
  beforeAll(async () => {
    db = await databases.init(id);
    await db.schema.createTable('notes', t => {
      t.bigIncrements('id');
      t.string('title').notNullable();
      t.string('mood');
      t.integer('rank').notNullable();
      t.double('at').notNullable();
      t.boolean('done').notNullable();
    });
    await insertRows(db, unnumbered, [
      { title: 'a', mood: 'good', rank: 1, at: 1.5, done: true },
      { title: 'b', mood: null, rank: 2, at: 2, done: false },
    ]);
  });

  it('finds all columns, as their types say', async () => {
    const rows: Note[] = await select(db('notes').orderBy('id'), notes);
    expect(
      rows.map(row => ({
        ...row,
        id: Number(row.id),
        done: Boolean(row.done),
      })),
    ).toEqual([
      { id: 1, title: 'a', mood: 'good', rank: 1, at: 1.5, done: true },
      { id: 2, title: 'b', mood: null, rank: 2, at: 2, done: false },
    ]);
  });

  it('finds those that are named, once each, also in a join', async () => {
    const rows = await select(
      db('notes').innerJoin(
        { next: 'notes' },
        'next.rank',
        db.raw('notes.rank + 1'),
      ),
      notes,
      'title',
      'mood',
      'title',
    );
    const moods: Array<'good' | 'bad' | null> = rows.map(row => row.mood);
    expect(rows).toEqual([{ title: 'a', mood: 'good' }]);
    expect(moods).toEqual(['good']);
    // @ts-expect-error: not selected
    expect(rows[0].rank).toBeUndefined();
  });

  it('goes on as a query', async () => {
    expect(await select(db('notes'), notes, 'title').first()).toEqual({
      title: 'a',
    });
  });
});
