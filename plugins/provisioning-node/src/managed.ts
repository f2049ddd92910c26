import {
  basesOf,
  type Managed,
} from '@fawkes/backstage-plugin-provisioning-common/rules';
import { createHash } from 'node:crypto';
import { parseAllDocuments } from 'yaml';

/** Most bytes that are read of a file for its fields. */
const MOST_TEXT = 256 * 1024;
/** Most annotations that are compared. */
const MOST_ANNOTATIONS = 100;
const WORKFLOWS = '.github/workflows/';
const DOCKERFILE = 'Dockerfile';
const CATALOG_INFO = 'catalog-info.yaml';
/** Without them nothing is built, whatever people make of them. */
const NEEDED = ['package.json', 'package-lock.json'];

/** Files of which fields are compared, so that their bytes have to be read. @public */
export const FILES_WITH_FIELDS: readonly string[] = [DOCKERFILE, CATALOG_INFO];

/** Whether anything of a file is the template's to look after. @public */
export function isManaged(path: string): boolean {
  return (
    path.startsWith(WORKFLOWS) ||
    FILES_WITH_FIELDS.includes(path) ||
    NEEDED.includes(path)
  );
}

/** What of a file is looked after, by its path and where it has one, `#` and the field. */
type Parts = Map<string, { value: string; field?: Managed['field'] }>;

/**
 * What of a tree is the template's to look after, three ways: pipelines whole, of
 * the Dockerfile the images it builds on, of the component its annotations, of
 * some other files only that they are there.
 *
 * @param trees - by path; of a pipeline any text that is the same for the same bytes does
 * @public
 */
export function managedThings(trees: {
  written: ReadonlyMap<string, Uint8Array>;
  wanted: ReadonlyMap<string, Uint8Array>;
  found: ReadonlyMap<string, Uint8Array>;
}): Managed[] {
  const written = partsOf(trees.written);
  const wanted = partsOf(trees.wanted);
  const found = partsOf(trees.found);
  // What only people wrote is theirs.
  const paths = [...new Set([...written.keys(), ...wanted.keys()])].sort();
  return paths.map(path => {
    const field = (written.get(path) ?? wanted.get(path))?.field;
    return {
      path,
      written: written.get(path)?.value ?? null,
      wanted: wanted.get(path)?.value ?? null,
      found: found.get(path)?.value ?? null,
      needed: field !== 'annotation',
      ...(field && { field }),
    };
  });
}

function partsOf(files: ReadonlyMap<string, Uint8Array>): Parts {
  const parts: Parts = new Map();
  for (const [path, bytes] of files) {
    if (path.startsWith(WORKFLOWS)) {
      const value = createHash('sha256').update(bytes).digest('hex');
      parts.set(path, { value });
    } else if (path === DOCKERFILE) {
      const value = basesOf(textOf(bytes)).join('\n');
      // One that builds on nothing is none.
      if (value) parts.set(`${path}#FROM`, { value, field: 'bases' });
    } else if (path === CATALOG_INFO) {
      parts.set(path, { value: 'there' });
      for (const [name, value] of annotationsOf(textOf(bytes))) {
        parts.set(`${path}#${name}`, { value, field: 'annotation' });
      }
    } else if (NEEDED.includes(path)) parts.set(path, { value: 'there' });
  }
  return parts;
}

function textOf(bytes: Uint8Array): string {
  return Buffer.from(bytes.subarray(0, MOST_TEXT)).toString('utf8');
}

/** Annotations of the component, as text. */
function annotationsOf(text: string): Array<[string, string]> {
  try {
    const documents = parseAllDocuments(text).map(
      document => document.toJS({ maxAliasCount: 20 }) as unknown,
    );
    const component = documents.find(
      document => (document as { kind?: string } | null)?.kind === 'Component',
    ) as { metadata?: { annotations?: object } } | undefined;
    return Object.entries(component?.metadata?.annotations ?? {})
      .slice(0, MOST_ANNOTATIONS)
      .map(([name, value]) => [
        name,
        typeof value === 'string' ? value : JSON.stringify(value) ?? '',
      ]);
  } catch {
    // What is no YAML has no annotation any more; a finding says so.
    return [];
  }
}
