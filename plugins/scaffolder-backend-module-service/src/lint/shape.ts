import { referencesOf } from '@fawkes/backstage-plugin-provisioning-node';
import type { Found, LintRule } from './finding';
import { takesApart, type LintTemplate } from './lintTemplate';

const API_VERSION = 'scaffolder.backstage.io/v1beta3';

/** A version of the template language that no scaffolder runs any more. */
export const templateVersion: LintRule = {
  name: 'template-version',
  severity: 'error',
  reason: 'The scaffolder refuses it',
  check: ({ entity }) => {
    if (!entity) {
      return [
        {
          path: 'template.yaml',
          line: 1,
          subject: 'template.yaml',
          message: 'There is no template.yaml that can be read',
        },
      ];
    }
    return entity.apiVersion === API_VERSION
      ? []
      : [
          {
            path: 'template.yaml',
            line: entity.apiVersionLine,
            subject: String(entity.apiVersion),
            message: `The apiVersion must be ${API_VERSION}`,
          },
        ];
  },
};

/** Another content under the same version. */
export const templateSealed: LintRule = {
  name: 'template-sealed',
  severity: 'error',
  reason:
    'A component says which version it was made from; that has to mean one content',
  check: ({ entity, sealed, treeHash }) => {
    if (!entity || !sealed || treeHash === undefined) return [];
    const at = { path: 'template.yaml', line: entity.versionLine };
    if (sealed.version !== entity.version) {
      return [
        {
          ...at,
          subject: String(entity.version),
          message: `The version is not written down yet: yarn template:lint --seal`,
        },
      ];
    }
    return sealed.treeHash === treeHash
      ? []
      : [
          {
            ...at,
            subject: sealed.version,
            message: `What the template consists of has changed and its version ${sealed.version} has not`,
          },
        ];
  },
};

/** A step that names a folder without files. */
export const skeletonMissing: LintRule = {
  name: 'skeleton-missing',
  severity: 'error',
  reason: 'The step fails, or makes nothing',
  check: ({ skeletons }) =>
    skeletons
      .filter(({ files }) => files.length === 0)
      .map(({ folder, line }) => ({
        path: 'template.yaml',
        line,
        subject: folder,
        message: `There are no files below ${folder}`,
      })),
};

const LABELS = ['labels:', 'matchLabels:', 'commonLabels:', 'pairs:'];

/** A reference has `:` and `/`, which no label of Kubernetes may have. */
export const labelUnsafeRef: LintRule = {
  name: 'label-unsafe-ref',
  severity: 'error',
  reason:
    'group:default/x is no value of a label; Kubernetes refuses the object',
  check: template => unsafeRefs(template, labelLines, 'a label'),
};

/** Nor may the name of an image. */
export const imageUnsafeRef: LintRule = {
  name: 'image-unsafe-ref',
  severity: 'error',
  reason: 'group:default/x is no part of an image name; the build fails',
  check: template => unsafeRefs(template, imageLines, 'an image name'),
};

function unsafeRefs(
  { skeletons }: LintTemplate,
  linesOf: (name: string, lines: string[]) => Set<number>,
  where: string,
): Found[] {
  return skeletons.flatMap(({ files, refs }) =>
    files
      .filter(({ templated }) => templated)
      .flatMap(({ name, path, text }) => {
        const lines = text.split('\n');
        return [...linesOf(name, lines)].flatMap(index =>
          referencesOf(lines[index])
            .filter(
              ({ root, path: [first] }) =>
                root === 'values' &&
                refs.has(first) &&
                !takesApart(lines[index]),
            )
            .map(({ path: [first] }) => ({
              path,
              line: index + 1,
              subject: first,
              message: `values.${first} is an entity reference, which ${where} cannot hold`,
            })),
        );
      }),
  );
}

/** Lines that are deeper than a `labels:` above them. */
function labelLines(name: string, lines: string[]): Set<number> {
  const found = new Set<number>();
  if (!/\.ya?ml$/.test(name)) return found;
  let inside: number | undefined;
  lines.forEach((line, index) => {
    if (line.trim() === '') return;
    const indent = line.length - line.trimStart().length;
    if (inside !== undefined && indent <= inside) inside = undefined;
    const plain = line.trim().replace(/^- /, '');
    const word = LABELS.find(label => plain.startsWith(label));
    if (inside !== undefined || (word && plain !== word)) found.add(index);
    else if (word) inside = indent;
  });
  return found;
}

function imageLines(name: string, lines: string[]): Set<number> {
  const base = name.slice(name.lastIndexOf('/') + 1);
  const isDocker = base.startsWith('Dockerfile');
  return new Set(
    lines.flatMap((line, index) => {
      const plain = line.trim().replace(/^- /, '');
      const names =
        /^"?(image|newName|repository|IMAGE)"?:/.test(plain) ||
        (isDocker && /^FROM\s/i.test(plain));
      return names ? [index] : [];
    }),
  );
}
