import { TestDatabases } from '@backstage/backend-test-utils';
import { tryMigrations } from '@fawkes/kit-backend-test';
import type { Knex } from 'knex';
import { acceptPlain, runnerOn } from '../__testUtils__/harness';
import { World } from '../__testUtils__/world';
import { MIGRATIONS } from '../store/database';
import { tables } from '../store/tables';

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });

const UP_TO_TIME = ['locks', 'effect_logs'];

describe.each(databases.eachSupportedId())('migrations, %s', id => {
  it('go up, down and up again, with data in every table', async () => {
    const fill = async (db: Knex) => {
      const world = new World();
      world.play('service:build', 'failed');
      await acceptPlain(db, { name: 'shop' });
      await runnerOn({ db, world }).settle();
      await db('flags').insert({
        name: 'paused',
        reason: 'x',
        set_by: 'y',
        set_at: 1,
      });
      const [{ id: request }] = await db('requests').select('id');
      await db('waiting_pushes').insert({
        request_id: request,
        sha: 'c',
        at: 1,
      });
      await db('told_pushes').insert({ request_id: request, sha: 'c', at: 1 });
      await db('transfers').insert({
        id: 't',
        request_id: request,
        from_owner: 'a',
        to_owner: 'b',
        offered_by: 'c',
        offered_at: 1,
      });
      await db('locks').insert({ name: 'a' });
    };
    // Ids and instants are new each time: what is there is counted. Who waited
    // for what, and in how many pieces a log was written down, is up to time.
    const read = async (db: Knex) => {
      const counts = await Promise.all(
        Object.values(tables).map(async ({ name }) => {
          const [{ count }] = await db(name).count({ count: '*' });
          expect([name, Number(count) > 0]).toEqual([name, true]);
          return [name, UP_TO_TIME.includes(name) ? 1 : Number(count)];
        }),
      );
      return Object.fromEntries(counts);
    };
    await tryMigrations(await databases.init(id), {
      directory: MIGRATIONS,
      fill,
      read,
    });
  });
});
