import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { TestDatabases } from '@backstage/backend-test-utils';
import type { Knex } from 'knex';
import { tryMigrations, type TriedMigrations } from './migrations';

const databases = TestDatabases.create({ ids: ['SQLITE_3'] });

describe('tryMigrations', () => {
  let directory: string;
  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'migrations-'));
    await writeFile(
      join(directory, '20260101000000_init.js'),
      `exports.up = knex => knex.schema.createTable('notes', t => t.string('id'));
       exports.down = knex => knex.schema.dropTable('notes');`,
    );
  });
  afterAll(() => rm(directory, { recursive: true }));

  const attempt = async (read: TriedMigrations['read']) =>
    tryMigrations(await databases.init('SQLITE_3'), {
      directory,
      fill: async (db: Knex) => {
        await db('notes').insert([{ id: 'a' }, { id: 'b' }]);
      },
      read,
    });

  it('takes rows in whatever order they are read', async () => {
    let turn = 0;
    await expect(
      attempt(async db => {
        const rows = await db('notes').orderBy('id', turn % 2 ? 'asc' : 'desc');
        turn += 1;
        return { notes: rows };
      }),
    ).resolves.toBeUndefined();
  });

  it('says where the second round differs', async () => {
    let turn = 0;
    await expect(
      attempt(async () => {
        turn += 1;
        return { rows: [{ id: 'a' }, { id: turn > 2 ? 'c' : 'b' }] };
      }),
    ).rejects.toThrow('/rows/1/id was "b" and is "c"');
  });

  it('knows a list of values by its order', async () => {
    let turn = 0;
    await expect(
      attempt(async () => {
        turn += 1;
        return turn > 2 ? ['b', 'a'] : ['a', 'b'];
      }),
    ).rejects.toThrow('/0 was "a" and is "b"');
  });
});
