import SwaggerParser from '@apidevtools/swagger-parser';
import { parse } from 'yaml';
import { filesIn, oneByOne } from './checker';

type Document = Parameters<typeof SwaggerParser.validate>[0];

/** What an API says of itself, by the schema of its OpenAPI version. */
export const openapi = oneByOne(async bundle => {
  const faults: string[] = [];
  for (const [path, text] of filesIn(bundle, /^openapi\.yaml$/)) {
    await SwaggerParser.validate(parse(text) as Document).catch(error =>
      faults.push(`${path}: ${error.message}`),
    );
  }
  return faults;
});
