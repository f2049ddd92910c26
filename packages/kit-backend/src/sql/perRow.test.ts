import { TestDatabases } from '@backstage/backend-test-utils';
import type { Knex } from 'knex';
import { insertRows, isPostgres, rawRows, rowSource } from './dialect';
import { deletePerRow, lookUp, perRow } from './perRow';
import { defineTable } from './table';

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });

const notes = defineTable({
  name: 'notes',
  columns: { topic: 'text', at: 'double' },
  keys: ['topic', 'at'],
});
const SINCE = { topic: 'text', since: 'double' } as const;
const IN_TIME = 'notes.topic = k.topic and notes.at >= k.since';

describe.each(databases.eachSupportedId())('perRow, %s', id => {
  let db: Knex;
  beforeAll(async () => {
    db = await databases.init(id);
    await db.schema.createTable('notes', t => {
      t.string('topic').notNullable();
      t.double('at').notNullable();
      t.primary(['topic', 'at']);
    });
  });
  beforeEach(async () => {
    await db('notes').delete();
    await insertRows(
      db,
      notes,
      ['a', 'b', 'c'].flatMap(topic =>
        Array.from({ length: 1_000 }, (_, at) => ({ topic, at })),
      ),
    );
  });

  const asked = [
    { topic: 'a', since: 998 },
    { topic: 'b', since: 999 },
    { topic: 'unheard of', since: 0 },
  ];

  it('finds for each row what meets the condition', async () => {
    const query = db
      .select('k.topic', 'notes.at')
      .from(perRow(db, SINCE, asked, 'notes', IN_TIME))
      .orderBy(['k.topic', 'notes.at']);
    expect(await query).toEqual([
      { topic: 'a', at: 998 },
      { topic: 'a', at: 999 },
      { topic: 'b', at: 999 },
    ]);
    expect(
      await db.select('notes.at').from(perRow(db, SINCE, [], 'notes', IN_TIME)),
    ).toEqual([]);
  });

  it('is a piece of longer statements', async () => {
    const source = rowSource(db, SINCE, asked);
    expect(
      await rawRows(
        db,
        `select k.topic, notes.at from ${source.sql}
          ${lookUp(db, 'notes', IN_TIME, 'at')} order by notes.at, k.topic`,
        source.bindings,
      ),
    ).toEqual([
      { topic: 'a', at: 998 },
      { topic: 'a', at: 999 },
      { topic: 'b', at: 999 },
    ]);
  });

  it('deletes what it would find, and nothing else', async () => {
    await db.transaction(tx => deletePerRow(tx, SINCE, [], 'notes', IN_TIME));
    await db.transaction(tx =>
      deletePerRow(tx, SINCE, asked, 'notes', IN_TIME),
    );
    const left = async (topic: string) =>
      (await db('notes').where({ topic })).length;
    expect([await left('a'), await left('b'), await left('c')]).toEqual([
      998, 999, 1_000,
    ]);
  });

  it('looks rows up by the key, and reads no whole table', async () => {
    await db.raw('analyze');
    const { sql, bindings } = db
      .select('notes.at')
      .from(perRow(db, SINCE, asked, 'notes', IN_TIME))
      .toSQL()
      .toNative();
    const plan = JSON.stringify(
      await rawRows(
        db,
        `explain ${isPostgres(db) ? '' : 'query plan '}${sql.replace(
          /\$\d+/g,
          '?',
        )}`,
        [...bindings] as Knex.RawBinding[],
      ),
    );
    expect(plan).toMatch(
      isPostgres(db)
        ? /Index (Only )?Scan (using|on) notes_pkey/
        : /SEARCH notes USING .*INDEX/,
    );
    expect(plan).not.toMatch(/Seq Scan on notes|SCAN notes/);
  });
});
