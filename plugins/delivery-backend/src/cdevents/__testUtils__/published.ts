import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Json } from './events';

/** Where the files are looked for: beside the checkout, not in it. */
export const PUBLISHED_FOLDER = resolve(
  __dirname,
  '../../../../../..',
  'shared/data/cdevents/conformance',
);

/**
 * The events that the CDEvents project publishes for conformance tests, by
 * `<subject>.<predicate>`. They are somebody else's text and no part of this
 * repository: empty where nobody put them beside the checkout.
 */
export const published: ReadonlyMap<string, Json> = new Map(
  existsSync(PUBLISHED_FOLDER)
    ? readdirSync(PUBLISHED_FOLDER)
        .filter(file => file.endsWith('.json'))
        .map(file => [
          file.replace(/\.json$/, '').replace('_', '.'),
          JSON.parse(readFileSync(join(PUBLISHED_FOLDER, file), 'utf8')),
        ])
    : [],
);
