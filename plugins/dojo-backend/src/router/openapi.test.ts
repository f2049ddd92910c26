import { readFileSync, writeFileSync } from 'node:fs';
import SwaggerParser from '@apidevtools/swagger-parser';
import { resolvePackagePath } from '@backstage/backend-plugin-api';
import { openApiDocument } from './openapi';

const REPORT = resolvePackagePath(
  '@fawkes/backstage-plugin-dojo-backend',
  'report.openapi.json',
);

it('is the one that is checked in (UPDATE_OPENAPI=1 writes it)', () => {
  const text = `${JSON.stringify(openApiDocument(), null, 2)}\n`;
  if (process.env.UPDATE_OPENAPI) writeFileSync(REPORT, text);
  expect(JSON.parse(readFileSync(REPORT, 'utf8'))).toEqual(JSON.parse(text));
});

it('is valid OpenAPI 3.1', async () => {
  const document: unknown = JSON.parse(JSON.stringify(openApiDocument()));
  const valid = await SwaggerParser.validate(
    document as Parameters<typeof SwaggerParser.validate>[0],
  );
  expect(valid).toMatchObject({ openapi: '3.1.0' });
});
