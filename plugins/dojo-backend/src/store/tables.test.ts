import { TestDatabases } from '@backstage/backend-test-utils';
import { schemaDifferences } from '@fawkes/kit-backend/sql';
import { tryMigrations } from '@fawkes/kit-backend-test';
import { MIGRATIONS } from './database';
import { tables } from './tables';

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });

describe.each(databases.eachSupportedId())('tables, %s', id => {
  it('are what migrations make', async () => {
    const db = await databases.init(id);
    await db.migrate.latest({ directory: MIGRATIONS });
    expect(await schemaDifferences(db, Object.values(tables))).toEqual([]);
  });

  it('come and go with data in them', async () => {
    const tried = tryMigrations(await databases.init(id), {
      directory: MIGRATIONS,
      fill: async db => {
        await db('learners').insert({
          id: 'l',
          user_ref: 'user:default/a',
          created_at: 1,
        });
        await db('completions').insert({
          learner_id: 'l',
          module_id: 'm',
          version: '1.0.0',
          at: 2,
        });
        await db('attempts').insert({
          id: 'a',
          learner_id: 'l',
          quiz_id: 'q',
          module_id: 'm',
          revision_id: 'r',
          number: 1,
          started_at: 1,
          deadline_at: 2,
          questions: '[]',
          answers: '[]',
          seq: 0,
        });
        await db('revision_keys').insert({
          revision_id: 'r',
          keys: '{}',
          files: '[]',
        });
      },
      read: async db => [
        await db('learners'),
        await db('completions'),
        await db('attempts').select('id', 'learner_id', 'answers'),
        await db('revision_keys').select('revision_id', 'keys', 'files'),
      ],
    });
    await expect(tried).resolves.toBeUndefined();
  });
});
