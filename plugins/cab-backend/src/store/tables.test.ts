import { TestDatabases } from '@backstage/backend-test-utils';
import { schemaDifferences } from '@fawkes/kit-backend/sql';
import { tryMigrations } from '@fawkes/kit-backend-test';
import { databaseNow, MIGRATIONS } from './database';
import { changes, delegations, exceptions, TABLES, votes } from './tables';

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });

describe.each(databases.eachSupportedId())('the tables, %s', id => {
  it('are those the code says', async () => {
    const db = await databases.init(id);
    await db.migrate.latest({ directory: MIGRATIONS });
    expect(await schemaDifferences(db, TABLES)).toEqual([]);
  });

  it('go up and down with everything but the record in them', async () => {
    const tried = tryMigrations(await databases.init(id), {
      directory: MIGRATIONS,
      fill: async db => {
        const row = Object.fromEntries(
          Object.entries(changes.columns).map(([name, type]) => [
            name,
            type.startsWith('text') ? name : 1,
          ]),
        );
        await db('cab_changes').insert(row);
        await db('cab_tiles').insert({ tile: 1, hash: 'a' });
        await db('cab_evidence_uploads').insert({
          id: 'a',
          at: 1,
          sha256: 'b',
          size: 1,
        });
        await db('cab_evidence_chunks').insert({
          upload: 'a',
          part: 0,
          bytes: Buffer.from([0, 255]),
        });
        for (const table of [exceptions, delegations, votes]) {
          await db(table.name).insert(
            Object.fromEntries(
              Object.entries(table.columns).map(([name, type]) => [
                name,
                type.startsWith('text') ? name : 1,
              ]),
            ),
          );
        }
        await db('cab_texts').insert({ event_id: 'a', salt: 'b', text: 'c' });
        await db('cab_recusals').insert({
          change_id: 'a',
          user_ref: 'b',
          at: 1,
        });
      },
      read: async db => [
        await db('cab_changes').select('*'),
        await db('cab_texts').select('*'),
        await db('cab_recusals').select('*'),
      ],
    });
    await expect(tried).resolves.toBeUndefined();
  });

  it('have a clock that is near ours, in whole milliseconds', async () => {
    const now = await databaseNow(await databases.init(id));
    expect(Number.isInteger(now)).toBe(true);
    expect(Math.abs(now - Date.now())).toBeLessThan(60_000);
  });
});
