import { minimatch } from 'minimatch';
import {
  lineAt,
  linesIn,
  referencesOf,
  TEMPLATE_VALUES,
  type Pin,
  type Reference,
} from '@fawkes/backstage-plugin-provisioning-node';
import { isRecord, readEntity, type TemplateEntity } from './entity';

/** A file of a skeleton. */
export interface SkeletonFile {
  /** In the template's folder. */
  path: string;
  /** Its name inside the skeleton, with expressions. */
  name: string;
  text: string;
  /** What its name and text read; nothing where it is copied as it is. */
  references: (Reference & { line: number })[];
  templated: boolean;
}

/** A skeleton, and what it is given. */
export interface Skeleton {
  /** In the template's folder, without a slash at its end. */
  folder: string;
  /** Line of the step in `template.yaml`. */
  line: number;
  /** Value to the text it comes from; undefined where that is no text. */
  values: ReadonlyMap<string, string | undefined>;
  /** Whether the values were chosen for this skeleton, so that each should be used. */
  chosen: boolean;
  /** Values that hold a reference to an entity. */
  refs: ReadonlySet<string>;
  files: SkeletonFile[];
}

/** A template, as rules look at it. */
export interface LintTemplate {
  entity: TemplateEntity | undefined;
  /** What `template.yaml` reads. */
  references: (Reference & { line: number })[];
  skeletons: Skeleton[];
  pins: readonly Pin[];
  /** Digest over all of it, as the template is known by. */
  treeHash: string | undefined;
  /** Version and hash that were written down last. */
  sealed: { version: string; treeHash: string } | undefined;
}

/** What a template is read from. */
export interface LintSource {
  /** Paths in the folder to texts; binary files are not among them. */
  files: ReadonlyMap<string, string>;
  pins: readonly Pin[];
  treeHash?: string;
  sealed?: { version: string; treeHash: string };
}

/** Of the values we give, those that are references. */
const OUR_REFS = new Set(['owner', 'system']);

/** Looks at a template once, for all rules. */
export function lintTemplate(source: LintSource): LintTemplate {
  const text = source.files.get('template.yaml');
  const entity = text === undefined ? undefined : readEntity(text);
  return {
    entity,
    references: (entity?.texts ?? []).flatMap(part =>
      referencesOf(part.text).map(reference => ({
        ...reference,
        line: part.line + lineAt(part.text, reference.offset) - 1,
      })),
    ),
    skeletons: entity ? skeletonsOf(entity, source.files) : [],
    pins: source.pins,
    treeHash: source.treeHash,
    sealed: source.sealed,
  };
}

function skeletonsOf(
  entity: TemplateEntity,
  files: LintSource['files'],
): Skeleton[] {
  return entity.steps.flatMap(({ action, input, line }): Skeleton[] => {
    if (action === 'service:render') {
      return [
        {
          folder: 'skeleton',
          line,
          values: new Map(TEMPLATE_VALUES.map(name => [name, undefined])),
          chosen: false,
          refs: OUR_REFS,
          files: filesBelow('skeleton', files, () => true),
        },
      ];
    }
    const folder = localFolder(input.url);
    if (action !== 'fetch:template' || folder === undefined) return [];
    const given = isRecord(input.values) ? input.values : {};
    const values = new Map(
      Object.entries(given).map(([name, value]) => [
        name,
        typeof value === 'string' ? value : undefined,
      ]),
    );
    return [
      {
        folder,
        line,
        values,
        chosen: true,
        refs: refsAmong(values, entity),
        files: filesBelow(folder, files, templatedBy(input)),
      },
    ];
  });
}

/** A folder beside `template.yaml`; undefined for what is elsewhere or worked out. */
function localFolder(url: unknown): string | undefined {
  if (typeof url !== 'string' || url.includes('${{') || url.includes('://')) {
    return undefined;
  }
  const parts = url.split('/').filter(part => part !== '' && part !== '.');
  return parts.includes('..') ? undefined : parts.join('/');
}

function templatedBy(input: Record<string, unknown>) {
  const { copyWithoutTemplating, templateFileExtension } = input;
  const globs = Array.isArray(copyWithoutTemplating)
    ? copyWithoutTemplating.filter(glob => typeof glob === 'string')
    : [];
  const extension =
    templateFileExtension === true ? '.njk' : templateFileExtension;
  return (name: string) =>
    typeof extension === 'string' && extension !== ''
      ? name.endsWith(extension)
      : !globs.some(glob => minimatch(name, glob, { dot: true }));
}

function filesBelow(
  folder: string,
  files: LintSource['files'],
  isTemplated: (name: string) => boolean,
): SkeletonFile[] {
  const below = folder === '' ? '' : `${folder}/`;
  return [...files].flatMap(([path, text]) => {
    if (!path.startsWith(below) || path === 'template.yaml') return [];
    const name = path.slice(below.length);
    const templated = isTemplated(name);
    const lineOf = linesIn(text);
    const references = [
      // A name is rendered also where the text is not.
      ...referencesOf(name).map(reference => ({ ...reference, line: 1 })),
      ...(templated ? referencesOf(text) : []).map(reference => ({
        ...reference,
        line: lineOf(reference.offset),
      })),
    ];
    return [{ path, name, text, references, templated }];
  });
}

/** Values that are a picker's answer, under whatever name they are handed on. */
function refsAmong(
  values: Skeleton['values'],
  entity: TemplateEntity,
): Set<string> {
  const pickers = new Set(
    entity.parameters.filter(({ isRef }) => isRef).map(({ name }) => name),
  );
  return new Set(
    [...values].flatMap(([name, text]) =>
      text !== undefined &&
      !takesApart(text) &&
      referencesOf(text).some(
        ({ root, path }) => root === 'parameters' && pickers.has(path[0]),
      )
        ? [name]
        : [],
    ),
  );
}

/** Whether an expression makes a name of a reference. */
export function takesApart(text: string): boolean {
  return text.includes('parseEntityRef') || text.includes('projectSlug');
}
