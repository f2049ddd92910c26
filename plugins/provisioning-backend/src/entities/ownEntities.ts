import {
  ANNOTATION_PRACTICE,
  ANNOTATION_PROVISIONING_REQUEST,
  filePathSchema,
  type EntitiesResponse,
} from '@fawkes/backstage-plugin-provisioning-common';
import { toEntityRef } from '@fawkes/kit-contract';
import { parseAllDocuments } from 'yaml';
import { z } from 'zod';
import type { EffectRequest } from '../effects/driver';

type Emitted = EntitiesResponse['items'][0]['entity'];

/** More than any file of ours has, in UTF-16 code units. */
const MOST_TEXT = 256 * 1024;
const MOST_DOCUMENTS = 10;

/** The file of a tree in which its entities are. */
const CATALOG_FILE = 'catalog-info.yaml';

const definitionSchema = z.strictObject({
  $text: z
    .string()
    .max(400)
    .transform(path => (path.startsWith('./') ? path.slice(2) : path))
    .pipe(filePathSchema),
});

/** Where an entity comes from is for the catalog to say. */
const LOCATION =
  /^backstage\.io\/(managed-by-|orphan|source-location|view-url|edit-url)/;

const entitySchema = z.looseObject({
  apiVersion: z.string(),
  kind: z.enum(['Component', 'API']),
  metadata: z.looseObject({
    name: z.string(),
    namespace: z.string().optional(),
    annotations: z.record(z.string(), z.string()).optional(),
  }),
  spec: z.looseObject({ owner: z.string() }),
});

/** A text file of the same tree; undefined where there is none. */
export type ReadFile = (path: string) => Promise<string | undefined>;

/**
 * The entities of a tree that are the request's own: the Component and the API of
 * its namespace, name and owner. Whatever else its file holds is left out. An API
 * may have its definition in another file of the tree.
 *
 * @returns undefined when its own Component is not among them
 */
export async function ownEntities(
  request: Pick<
    EffectRequest,
    'id' | 'namespace' | 'name' | 'owner' | 'practice'
  >,
  readFile: ReadFile,
): Promise<Emitted[] | undefined> {
  const text = await readFile(CATALOG_FILE);
  if (text === undefined || text.length > MOST_TEXT) return undefined;
  const once = new Map<string, Emitted>();
  for (const document of documentsOf(text)) {
    const read = entitySchema.safeParse(document);
    if (!read.success) continue;
    const { metadata, kind, apiVersion } = read.data;
    const spec = await inlined(read.data.spec, readFile);
    const mine =
      metadata.name === request.name &&
      (metadata.namespace ?? 'default') === request.namespace &&
      toEntityRef(spec.owner, 'group') === request.owner &&
      !hasPlaceholder({ metadata, spec }) &&
      !Object.keys(metadata.annotations ?? {}).some(key => LOCATION.test(key));
    if (!mine) continue;
    once.set(kind, {
      apiVersion,
      kind,
      metadata: marked(metadata, request),
      spec,
    });
  }
  return once.has('Component') ? [...once.values()] : undefined;
}

type Spec = z.infer<typeof entitySchema>['spec'];

/** The definition of an API, where it is in another file of the same tree. */
async function inlined(spec: Spec, readFile: ReadFile): Promise<Spec> {
  const { data } = definitionSchema.safeParse(spec.definition);
  if (!data) return spec;
  const definition = await readFile(data.$text);
  return definition === undefined ? spec : { ...spec, definition };
}

function documentsOf(text: string): unknown[] {
  try {
    return parseAllDocuments(text)
      .slice(0, MOST_DOCUMENTS)
      .filter(document => document.errors.length === 0)
      .map(document => document.toJS({ maxAliasCount: 10 }) as unknown);
  } catch {
    // Aliases without end, or no YAML at all: nothing of ours is in it.
    return [];
  }
}

function marked(
  metadata: z.infer<typeof entitySchema>['metadata'],
  { id, practice }: Pick<EffectRequest, 'id' | 'practice'>,
) {
  return {
    ...metadata,
    annotations: {
      ...metadata.annotations,
      [ANNOTATION_PROVISIONING_REQUEST]: id,
      ...(practice && { [ANNOTATION_PRACTICE]: 'true' }),
    },
  };
}

/** `$text` and the like would have the catalog read an address of somebody's choice. */
function hasPlaceholder(value: unknown, depth: number = 0): boolean {
  if (typeof value !== 'object' || value === null) return false;
  if (depth > 50) return true;
  return Object.entries(value).some(
    ([key, inner]) => key.startsWith('$') || hasPlaceholder(inner, depth + 1),
  );
}
