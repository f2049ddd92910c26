import { readFileSync, writeFileSync } from 'node:fs';
import SwaggerParser from '@apidevtools/swagger-parser';
import { resolvePackagePath } from '@backstage/backend-plugin-api';
import { TestDatabases } from '@backstage/backend-test-utils';
import { cabRoutes, type Change } from '@fawkes/backstage-plugin-cab-common';
import { accessMatrix } from '@fawkes/kit-backend-test';
import type { Route } from '@fawkes/kit-contract';
import {
  createTestBackend,
  type TestBackend,
} from '../__testUtils__/testBackend';
import { openApiDocument } from './openapi';

const databases = TestDatabases.create({ ids: ['SQLITE_3'] });
let backend: TestBackend;
let change: Change;
beforeAll(async () => {
  backend = await createTestBackend(await databases.init('SQLITE_3'));
  change = await backend.submit('sam', await backend.create('sam'));
});
afterAll(() => backend.stop());
beforeEach(() => {
  backend.policy.clear();
  backend.audits.length = 0;
});

const ask = (caller: TestBackend['me'], route: Route) => {
  const path = route.path.replace(':id', change.id);
  if (route.method === 'get') return caller.get(path);
  if (route.method === 'delete') return caller.delete(path);
  return caller.post(path, {});
};

describe('who may do what', () => {
  it.each(accessMatrix(cabRoutes))(
    '$name',
    async ({ route, callers, permission }) => {
      expect((await ask(backend.nobody, route)).status).toBe(401);
      const isForPeople = callers.includes('user');
      const others = isForPeople ? backend.service : backend.me;
      const { status } = await ask(others, route);
      expect(status === 403).toBe(callers.length === 1);
      backend.policy.set(permission!, 'deny');
      const usual = isForPeople ? backend.me : backend.service;
      expect((await ask(usual, route)).status).toBe(403);
      expect(backend.audits.at(-1)?.outcome).toBe('failed');
    },
  );

  it('needs a permission everywhere', () => {
    for (const route of Object.values(cabRoutes)) {
      expect(route.needs.length).toBeGreaterThan(0);
    }
  });

  it('shows nothing of entities one may not see', async () => {
    const { entities } = backend.world;
    backend.world.entities = entities.filter(
      each => each.metadata.name !== 'shop',
    );
    try {
      expect((await backend.me.get('/changes').expect(200)).body.items).toEqual(
        [],
      );
      for (const path of [
        `/changes/${change.id}`,
        `/changes/${change.id}/export`,
      ]) {
        const { body } = await backend.me.get(path).expect(404);
        expect(body.error.code).toBe('change.not_found');
      }
      await backend.vote('sue', change).expect(404);
      const gone = { entityRef: 'component:default/shop', environment: 'test' };
      await backend.me.post('/risk/preview', gone).expect(404);
      await backend.me
        .post('/changes', { ...gone, headSha: 'a'.repeat(40), title: 'x' })
        .expect(404);
    } finally {
      backend.world.entities = entities;
    }
    expect(
      (await backend.me.get('/changes').expect(200)).body.items,
    ).toHaveLength(1);
  });

  it('answers 404 for what never was', async () => {
    const { body } = await backend.me.get('/changes/nothing').expect(404);
    expect(body.error.code).toBe('change.not_found');
    await backend.me.get("/changes/'; drop table cab_log; --").expect(404);
  });
});

const REPORT = resolvePackagePath(
  '@fawkes/backstage-plugin-cab-backend',
  'report.openapi.json',
);

describe('the OpenAPI document', () => {
  it('is the one that is checked in (UPDATE_OPENAPI=1 writes it)', () => {
    const text = `${JSON.stringify(openApiDocument(), null, 2)}\n`;
    if (process.env.UPDATE_OPENAPI) writeFileSync(REPORT, text);
    expect(JSON.parse(readFileSync(REPORT, 'utf8'))).toEqual(JSON.parse(text));
  });

  it('is valid OpenAPI 3.1, and served', async () => {
    const document = JSON.parse(JSON.stringify(openApiDocument()));
    const valid = await SwaggerParser.validate(structuredClone(document));
    expect(valid).toMatchObject({ openapi: '3.1.0' });
  });
});
