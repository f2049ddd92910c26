import { readFileSync, writeFileSync } from 'node:fs';
import SwaggerParser from '@apidevtools/swagger-parser';
import { resolvePackagePath } from '@backstage/backend-plugin-api';
import { TestDatabases } from '@backstage/backend-test-utils';
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
  it('is the one that is checked in (UPDATE_OPENAPI=1 writes it)', () => {
    const text = `${JSON.stringify(openApiDocument(), null, 2)}\n`;
    if (process.env.UPDATE_OPENAPI) writeFileSync(REPORT, text);
    expect(JSON.parse(readFileSync(REPORT, 'utf8'))).toEqual(JSON.parse(text));
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

  it('is valid OpenAPI 3.1', async () => {
    const document: unknown = JSON.parse(JSON.stringify(openApiDocument()));
    const valid = await SwaggerParser.validate(
      document as Parameters<typeof SwaggerParser.validate>[0],
    );
    expect(valid).toMatchObject({ openapi: '3.1.0' });
  });

  it('names every operation once', () => {
    const { paths } = openApiDocument() as {
      paths: Record<string, Record<string, { operationId: string }>>;
    };
    const ids = Object.values(paths).flatMap(operations =>
      Object.values(operations).map(operation => operation.operationId),
    );
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('is served', async () => {
    const backend = await createTestBackend({
      db: await databases.init('SQLITE_3'),
    });
    const { body } = await backend.me.get('/openapi.json').expect(200);
    expect(body).toEqual(JSON.parse(JSON.stringify(openApiDocument())));
  });
});
