import { readFile, writeFile } from 'node:fs/promises';
import { isDeepStrictEqual } from 'node:util';
import SwaggerParser from '@apidevtools/swagger-parser';
import type { OpenApiJson } from '@fawkes/kit-contract';

type Document = Parameters<typeof SwaggerParser.validate>[0];

/**
 * Sees to a family's OpenAPI document: it is valid, names every operation once,
 * and is the one that is checked in. `UPDATE_OPENAPI=1` writes that anew.
 *
 * @param document - as the family makes it of its routes
 * @param file - the one that is checked in, as an absolute path; none is looked at when left out
 * @throws Error that says what is wrong
 * @public
 */
export async function checkOpenApi(
  document: OpenApiJson,
  file?: string,
): Promise<void> {
  const text = `${JSON.stringify(document, null, 2)}\n`;
  if (file) await checkKept(text, file);
  // The parser resolves references in place.
  const { openapi } = (await SwaggerParser.validate(
    JSON.parse(text) as Document,
  )) as { openapi?: string };
  if (openapi !== '3.1.0') throw new Error(`This is OpenAPI ${openapi}`);
  const named = operationIds(JSON.parse(text));
  const twice = named.find((id, i) => named.indexOf(id) !== i);
  if (twice) throw new Error(`Two operations are called ${twice}`);
}

async function checkKept(text: string, file: string): Promise<void> {
  if (process.env.UPDATE_OPENAPI) await writeFile(file, text);
  const kept: unknown = JSON.parse(await readFile(file, 'utf8'));
  if (!isDeepStrictEqual(kept, JSON.parse(text))) {
    throw new Error(`${file} is out of date; UPDATE_OPENAPI=1 writes it`);
  }
}

function operationIds({
  paths,
}: {
  paths: Record<string, Record<string, { operationId: string }>>;
}): string[] {
  return Object.values(paths).flatMap(operations =>
    Object.values(operations).map(({ operationId }) => operationId),
  );
}
