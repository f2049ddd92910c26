import { TestDatabases } from '@backstage/backend-test-utils';
import type { Knex } from 'knex';
import { schemaDifferences } from './schema';
import { defineTable } from './table';

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });

const notes = defineTable({
  name: 'notes',
  columns: {
    id: 'big',
    title: 'text',
    body: 'text?',
    rank: 'int?',
    total: 'big?',
    at: 'double',
    done: 'bool',
  },
  keys: ['id'],
});
const tags = defineTable({
  name: 'tags',
  columns: { note: 'text', tag: 'text' },
  keys: ['tag', 'note'],
});

describe.each(databases.eachSupportedId())('schemaDifferences, %s', id => {
  let db: Knex;
  beforeAll(async () => {
    db = await databases.init(id);
    await db.schema.createTable('notes', t => {
      t.bigIncrements('id');
      t.string('title', 200).notNullable();
      t.text('body');
      t.integer('rank');
      t.bigInteger('total');
      t.double('at').notNullable();
      t.boolean('done').notNullable().defaultTo(false);
      t.index(['at'], 'notes_at');
    });
    await db.schema.createTable('tags', t => {
      t.string('note', 200);
      t.string('tag', 200);
      t.primary(['tag', 'note']);
      t.unique(['note', 'tag']);
    });
    // What knex keeps for itself is no table of the code's.
    await db.schema.createTable('knex_migrations', t => t.increments('id'));
  });

  it('finds none where code and database agree', async () => {
    expect(await schemaDifferences(db, [notes, tags])).toEqual([]);
  });

  it('finds tables that only one of the two has', async () => {
    const other = { ...tags, name: 'other' };
    expect(await schemaDifferences(db, [notes, other])).toEqual([
      'other: only in the code',
      'tags: only in the database',
    ]);
  });

  it.each([
    [
      'a missing column',
      { body: undefined },
      'body: missing in the code, text? in the database',
    ],
    [
      'an invented one',
      { colour: 'text' },
      'colour: text in the code, missing in the database',
    ],
    [
      'another type',
      { at: 'text' },
      'at: text in the code, double in the database',
    ],
    [
      'a flag kept as text',
      { done: 'text' },
      'done: text in the code, bool in the database',
    ],
    [
      'too much certainty',
      { rank: 'int' },
      'rank: int in the code, int? in the database',
    ],
    [
      'too little',
      { title: 'text?' },
      'title: text? in the code, text in the database',
    ],
  ])('finds %s', async (_, other, line) => {
    const columns = Object.fromEntries(
      Object.entries({ ...notes.columns, ...other }).filter(
        ([, column]) => column !== undefined,
      ),
    ) as typeof notes.columns;
    expect(await schemaDifferences(db, [{ ...notes, columns }, tags])).toEqual([
      `notes.${line}`,
    ]);
  });

  it('finds other keys, and the same in another order', async () => {
    expect(
      await schemaDifferences(db, [
        { ...notes, keys: ['title'] },
        { ...tags, keys: ['note', 'tag'] },
      ]),
    ).toEqual([
      'notes: keyed by title in the code, by id in the database',
      'tags: keyed by note, tag in the code, by tag, note in the database',
    ]);
  });
});
