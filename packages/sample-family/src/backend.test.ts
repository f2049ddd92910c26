/** @jest-environment node */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { TestDatabases } from '@backstage/backend-test-utils';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { readinessHealthFactory } from '@fawkes/kit-backend/http';
import { schemaDifferences } from '@fawkes/kit-backend/sql';
import request from 'supertest';
import {
  accessMatrix,
  checkOpenApi,
  startFamilyBackend,
  tryMigrations,
  type FamilyBackend,
} from '@fawkes/kit-backend-test';
import { openApiOf, type Route } from '@fawkes/kit-contract';
import { MIGRATIONS, notes, notesPlugin } from './backend';
import { notesRoutes } from './contract';

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });

describe.each(databases.eachSupportedId())('a family on the kit, %s', id => {
  let backend: FamilyBackend;
  beforeAll(async () => {
    backend = await startFamilyBackend({
      pluginId: 'notes',
      plugin: notesPlugin,
      db: await databases.init(id),
      catalog: catalogServiceMock({ entities: [] }),
    });
  });
  beforeEach(() => backend.policy.clear());
  const ask = (caller: FamilyBackend['me'], { method, path }: Route) =>
    method === 'post' ? caller.post(path, { title: 'x' }) : caller.get(path);

  it('keeps what it is told, and gives it out page by page', async () => {
    for (const title of ['one', 'two', 'three']) {
      await backend.me.post('/notes', { title }).expect(201);
    }
    const first = await backend.me.get('/notes?limit=2').expect(200);
    expect(first.body.items).toHaveLength(2);
    const { nextCursor } = first.body;
    const second = await backend.me.get(`/notes?limit=2&cursor=${nextCursor}`);
    const titles = [...first.body.items, ...second.body.items].map(
      n => n.title,
    );
    expect(titles.sort()).toEqual(['one', 'three', 'two']);
    expect(backend.audits[0]).toMatchObject({
      eventId: 'note-mutate',
      meta: { actionType: 'add' },
      outcome: 'success',
    });
    const { body } = await backend.me
      .post('/notes', { titel: 'x' })
      .expect(400);
    expect(body.error.message).toMatch(/^title: /);
  });

  it.each(accessMatrix(notesRoutes))('$name, and a name', async row => {
    expect((await ask(backend.nobody, row.route)).status).toBe(401);
    backend.policy.set(row.permission!, 'deny');
    expect((await ask(backend.me, row.route)).status).toBe(403);
  });

  it('has tables as its code says, and migrations that go both ways', async () => {
    expect(await schemaDifferences(backend.db, [notes])).toEqual([]);
    await tryMigrations(await databases.init(id), {
      directory: MIGRATIONS,
      fill: async db => {
        await db('notes').insert({ id: 'a', title: 'kept', at: 1 });
      },
      read: async db => db('notes').select('*'),
    });
  });
});

describe.each(databases.eachSupportedId())('without its database, %s', id => {
  it('says 503 and when to ask again, to everybody and to the load balancer', async () => {
    const backend = await startFamilyBackend({
      pluginId: 'notes',
      plugin: notesPlugin,
      db: await databases.init(id),
      catalog: catalogServiceMock({ entities: [] }),
      features: [readinessHealthFactory],
    });
    const ready = () =>
      request(backend.server).get('/.backstage/health/v1/readiness');
    await backend.me.get('/notes').expect(200);
    await backend.db.destroy();
    const known = await backend.me.get('/notes').expect(503);
    expect(known.headers['retry-after']).toBe('5');
    expect(known.text).not.toMatch(/knex|pool|acquire/i);
    await backend.me.post('/notes', { title: 'x' }).expect(503);
    // Nobody can be checked, so nobody is told that the token is wrong.
    await backend.nobody.get('/notes').expect(503);
    const { body } = await ready().expect(503);
    expect(body.message).toBe('Away: the database of notes');
  });
});

it('is written in fewer than 150 lines, comments aside', async () => {
  const files = ['contract.ts', 'backend.ts', 'NotesPage.tsx'];
  const sources = await Promise.all(
    [...files, '../migrations/20261130000000_init.js'].map(file =>
      readFile(join(__dirname, file), 'utf8'),
    ),
  );
  const lines = sources.join('\n').split('\n');
  const code = lines.filter(line => !/^\s*($|\/[/*]|\*)/.test(line));
  expect(code.length).toBeLessThan(150);
});

it('has an OpenAPI document', async () => {
  await expect(
    checkOpenApi(
      openApiOf(
        {
          title: 'Notes',
          version: '1',
          description: 'Notes',
          server: '/api/notes',
        },
        notesRoutes,
      ),
    ),
  ).resolves.toBeUndefined();
});
