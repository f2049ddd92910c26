import { readFileSync, writeFileSync } from 'node:fs';
import { resolvePackagePath } from '@backstage/backend-plugin-api';
import { TestDatabases } from '@backstage/backend-test-utils';
import { checkOpenApi } from '@fawkes/kit-backend-test';
import { parse } from 'yaml';
import { createTestBackend } from '../__testUtils__/testBackend';
import { openApiDocument } from './openapi';

const REPORT = resolvePackagePath(
  '@fawkes/backstage-plugin-delivery-backend',
  'report.openapi.json',
);
/** The catalog resolves `$text` beside a URL only, so the entity carries the document itself. */
const ENTITY = resolvePackagePath(
  '@fawkes/backstage-plugin-delivery-backend',
  'catalog-info.yaml',
);

const databases = TestDatabases.create({ ids: ['SQLITE_3'] });

describe('the OpenAPI document', () => {
  it('is valid, and the one that is checked in', async () => {
    await expect(
      checkOpenApi(openApiDocument(), REPORT),
    ).resolves.toBeUndefined();
  });

  it('is the definition of the API in the catalog (UPDATE_OPENAPI=1 writes it)', () => {
    const document = openApiDocument();
    if (process.env.UPDATE_OPENAPI) {
      const head = readFileSync(ENTITY, 'utf8').split('  definition:')[0];
      const line = JSON.stringify(document);
      writeFileSync(ENTITY, `${head}  definition: |\n    ${line}\n`);
    }
    const entity = parse(readFileSync(ENTITY, 'utf8'));
    expect(entity).toMatchObject({ kind: 'API', spec: { type: 'openapi' } });
    expect(JSON.parse(entity.spec.definition)).toEqual(
      JSON.parse(JSON.stringify(document)),
    );
  });

  it('is served', async () => {
    const backend = await createTestBackend({
      db: await databases.init('SQLITE_3'),
    });
    const { body } = await backend.me.get('/openapi.json').expect(200);
    expect(body).toEqual(JSON.parse(JSON.stringify(openApiDocument())));
  });
});
