import {
  apiEntityV1alpha1Validator,
  componentEntityV1alpha1Validator,
  type Entity,
} from '@backstage/catalog-model';
import {
  ANNOTATION_PRACTICE,
  ANNOTATION_PROVISIONING_REQUEST,
} from '@fawkes/backstage-plugin-provisioning-common';
import { toEntityRef, type Said } from '@fawkes/kit-contract';
import { parseAllDocuments } from 'yaml';
import { localRepository } from '../deliveryEvents';
import { say } from '../words';

/** Where a repository says what it is. */
export const CATALOG_INFO = 'catalog-info.yaml';
/** Most bytes of it. */
export const MOST_CATALOG_INFO = 256 * 1024;
/** Most bytes of a file that is inlined. */
export const MOST_TEXT = 1024 * 1024;
/** Most documents that are looked at; two are taken. */
const MOST_DOCUMENTS = 20;
/** Most findings of one push. */
const MOST_FINDINGS = 50;

/** What the ledger holds of whom the file may speak of. */
export interface Held {
  requestId: string;
  namespace: string;
  name: string;
  /** Entity ref of the group. */
  owner: string;
  practice: boolean;
}

/** Reads a file of the same commit, or says why not. */
export type ReadText = (path: string) => Promise<{ text: string } | string>;

/** A kind that may enter the catalog. */
export type HeldKind = 'Component' | 'API';

/** What of the file is taken over, and what is not. */
export interface ReadCatalogInfo {
  entities: Partial<Record<HeldKind, Entity>>;
  findings: Said[];
}

/** What the portal alone sets. */
const OURS = new Set([
  ANNOTATION_PROVISIONING_REQUEST,
  ANNOTATION_PRACTICE,
  'backstage.io/managed-by-location',
  'backstage.io/managed-by-origin-location',
  'backstage.io/orphan',
  'backstage.io/source-location',
  'backstage.io/techdocs-entity',
  'backstage.io/techdocs-entity-path',
]);
const TECHDOCS = 'backstage.io/techdocs-ref';
const REPOSITORY = 'fawkes.dev/delivery-repository';
const FIELDS = new Set(['apiVersion', 'kind', 'metadata', 'spec']);
const METADATA_OF_CATALOG = ['uid', 'etag', 'generation'];

type Json = Record<string, unknown>;

const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/**
 * Reads what a pushed file says of a service. A provider's entities pass no rule
 * of the catalog, so this is all that stands between a push and the catalog:
 * nothing but the Component and the API that the ledger holds gets through, by
 * their name and owner, and of a document all or nothing.
 */
export async function readCatalogInfo(
  text: string,
  held: Held,
  readText: ReadText,
): Promise<ReadCatalogInfo> {
  const entities: ReadCatalogInfo['entities'] = {};
  const findings: Said[] = [];
  const documents = documentsOf(text);
  if ('code' in documents) return { entities, findings: [documents] };
  for (const [index, document] of documents.values.entries()) {
    if (document === null || document === undefined) continue;
    const number = index + 1;
    const kind = kindOf(document, held, number);
    if (typeof kind !== 'string') findings.push(kind);
    else if (entities[kind]) {
      findings.push(say('entity.twice', { number, path: CATALOG_INFO, kind }));
    } else {
      const read = await readEntity(document as Json, kind, held, readText);
      if (Array.isArray(read)) findings.push(...read);
      else entities[kind] = read;
    }
  }
  return { entities, findings: findings.slice(0, MOST_FINDINGS) };
}

function documentsOf(text: string): { values: unknown[] } | Said {
  try {
    const documents = parseAllDocuments(text);
    const list = Array.isArray(documents) ? documents : [];
    const [error] = list.flatMap(({ errors }) => errors);
    if (error) throw error;
    return {
      values: list
        .slice(0, MOST_DOCUMENTS)
        .map(document => document.toJS({ maxAliasCount: 20 }) as unknown),
    };
  } catch (error) {
    return say('entity.unreadable', {
      path: CATALOG_INFO,
      message: firstLine(error),
    });
  }
}

/** The kind of a document that may be taken over, or why none of it is. */
function kindOf(document: unknown, held: Held, number: number) {
  const path = CATALOG_INFO;
  if (!isObject(document) || !isObject(document.metadata)) {
    return say('entity.no_entity', { number, path });
  }
  const kind = shown(document.kind, 63);
  if (kind !== 'Component' && kind !== 'API') {
    return say('entity.kind', { number, path, kind });
  }
  const { name, namespace = 'default' } = document.metadata;
  if (name !== held.name || namespace !== held.namespace) {
    return say('entity.name', {
      number,
      path,
      ref: `${shown(namespace, 63)}/${shown(name, 63)}`,
      wanted: `${held.namespace}/${held.name}`,
    });
  }
  return kind;
}

async function readEntity(
  document: Json,
  kind: HeldKind,
  held: Held,
  readText: ReadText,
): Promise<Entity | Said[]> {
  const found = [
    ...oddFields(document, kind),
    ...oddOwner(document, kind, held),
    ...oddAnnotations(document, kind, held),
  ];
  const spec = isObject(document.spec) ? { ...document.spec } : {};
  if (kind === 'API') {
    const inlined = await inline(spec.definition, kind, readText);
    if ('code' in inlined) found.push(inlined);
    spec.definition = 'code' in inlined ? '' : inlined.text;
  }
  const entity = {
    ...document,
    spec,
    metadata: {
      ...(document.metadata as Json),
      namespace: held.namespace,
      annotations: {
        ...annotationsOf(document),
        [ANNOTATION_PROVISIONING_REQUEST]: held.requestId,
        ...(held.practice && { [ANNOTATION_PRACTICE]: 'true' }),
      },
    },
  };
  const placeholder = placeholderIn(entity);
  if (placeholder !== undefined) {
    found.push(
      say('entity.placeholder', { kind, path: CATALOG_INFO, placeholder }),
    );
  }
  if (found.length > 0) return found;
  const invalid = await faultOf(entity, kind);
  return invalid ? [invalid] : (entity as unknown as Entity);
}

function oddFields(document: Json, kind: string): Said[] {
  const top = Object.keys(document).filter(name => !FIELDS.has(name));
  const metadata = METADATA_OF_CATALOG.filter(name =>
    Object.hasOwn(document.metadata as Json, name),
  ).map(name => `metadata.${name}`);
  return [...top, ...metadata].map(field =>
    say('entity.field', {
      kind,
      path: CATALOG_INFO,
      field: field.slice(0, 100),
    }),
  );
}

function oddOwner({ spec }: Json, kind: string, held: Held): Said[] {
  const owner = isObject(spec) ? spec.owner : undefined;
  const named = typeof owner === 'string' ? refOf(owner, held.namespace) : '';
  if (named === held.owner) return [];
  return [
    say('entity.owner', {
      kind,
      path: CATALOG_INFO,
      owner: shown(owner, 191),
      wanted: held.owner,
    }),
  ];
}

/** The catalog completes an owner by the namespace of the entity. */
function refOf(owner: string, namespace: string): string {
  if (owner.length > 191) return '';
  const [, kind, path] = /^(?:([^:/]+):)?(.+)$/.exec(owner) ?? [];
  if (!path) return '';
  const full = path.includes('/') ? path : `${namespace}/${path}`;
  return toEntityRef(`${kind ?? 'group'}:${full}`, 'group');
}

function annotationsOf(document: Json): Json {
  const { annotations } = document.metadata as Json;
  return isObject(annotations) ? annotations : {};
}

function oddAnnotations(document: Json, kind: string, held: Held): Said[] {
  const path = CATALOG_INFO;
  return Object.entries(annotationsOf(document)).flatMap(([name, value]) => {
    const annotation = name.slice(0, 200);
    if (OURS.has(name)) {
      return say('entity.annotation', { kind, path, annotation });
    }
    if (name === TECHDOCS && !isInside(value)) {
      return say('entity.techdocs', { kind, path, annotation });
    }
    const wanted = localRepository(held);
    if (name === REPOSITORY && value !== wanted) {
      return say('entity.repository', { kind, path, annotation, wanted });
    }
    return [];
  });
}

/** Documents of the repository itself, in it or in a folder of it. */
function isInside(value: unknown): boolean {
  if (typeof value !== 'string' || !value.startsWith('dir:')) return false;
  const path = value.slice('dir:'.length);
  return isRelative(path === '.' ? './' : path);
}

/** A path that stays where it is looked up, whoever reads it. */
function isRelative(path: string): boolean {
  return (
    path.length <= 400 &&
    path !== '' &&
    !/^[/\\]|[\\:\p{Cc}]/u.test(path) &&
    !path.split('/').includes('..')
  );
}

/** The text of a definition: as it is, or of a file of the same commit. */
async function inline(
  definition: unknown,
  kind: string,
  readText: ReadText,
): Promise<{ text: string } | Said> {
  const path = CATALOG_INFO;
  if (typeof definition === 'string') return { text: definition };
  const file = isObject(definition) ? definition.$text : undefined;
  const [placeholder = 'definition', ...more] = isObject(definition)
    ? Object.keys(definition)
    : [];
  if (typeof file !== 'string' || more.length > 0 || !isRelative(file)) {
    const written =
      typeof file === 'string' ? `$text: ${file.slice(0, 200)}` : placeholder;
    return say('entity.placeholder', { kind, path, placeholder: written });
  }
  const read = await readText(normal(file));
  return typeof read === 'string'
    ? say('entity.text', { kind, path, file, why: read })
    : read;
}

function normal(file: string): string {
  return file
    .split('/')
    .filter(part => part !== '' && part !== '.')
    .join('/');
}

/** The first placeholder of the catalog's that is left anywhere. */
function placeholderIn(value: unknown): string | undefined {
  if (Array.isArray(value)) {
    for (const each of value) {
      const found = placeholderIn(each);
      if (found !== undefined) return found;
    }
  } else if (isObject(value)) {
    for (const [name, inner] of Object.entries(value)) {
      if (name.startsWith('$')) return name.slice(0, 100);
      const found = placeholderIn(inner);
      if (found !== undefined) return found;
    }
  }
  return undefined;
}

/** Whether the catalog would take it; it would only say so in its own log. */
async function faultOf(entity: Json, kind: HeldKind) {
  const validator =
    kind === 'API'
      ? apiEntityV1alpha1Validator
      : componentEntityV1alpha1Validator;
  try {
    if (await validator.check(entity as unknown as Entity)) return undefined;
    throw new Error('its apiVersion is not known');
  } catch (error) {
    return say('entity.invalid', {
      kind,
      path: CATALOG_INFO,
      message: firstLine(error),
    });
  }
}

/** What stands in a field, whatever it is: an object may not even be made text. */
function shown(value: unknown, most: number): string {
  const text = typeof value === 'string' ? value : JSON.stringify(value) ?? '–';
  return text.slice(0, most);
}

function firstLine(error: unknown): string {
  const { message = '' } = error as { message?: string };
  return message.split('\n')[0].slice(0, 300);
}
