import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { askYarn } from './ask.mjs';

/**
 * A version with advisories that everybody knows who knows any. Some registries answer the question for advisories
 * without having one: they are told by this, and silence is then no good news.
 */
const KNOWN_TO_BE_BAD = { name: 'lodash', version: '4.17.15' };

const keyOf = ({ name, version }) => `${name}@${version}`;

/** A workspace that needs exactly these versions, as Yarn would have written it. */
function workspaceOf(wanted, format) {
  const needs = wanted.map((one, index) => [`d${index}`, `npm:${keyOf(one)}`]);
  const entry = (key, lines) => [`"${key}":`, ...lines.map(l => `  ${l}`), ''];
  return {
    manifest: {
      name: 'audited',
      private: true,
      dependencies: Object.fromEntries(needs),
    },
    lockfile: [
      format,
      ...entry('audited@workspace:.', [
        'version: 0.0.0-use.local',
        'resolution: "audited@workspace:."',
        'dependencies:',
        ...needs.map(([alias, range]) => `  ${alias}: "${range}"`),
        'languageName: unknown',
        'linkType: soft',
      ]),
      ...wanted.flatMap(({ name, version }, index) =>
        entry(needs[index].join('@'), [
          `version: ${version}`,
          `resolution: "${name}@npm:${version}"`,
          'languageName: node',
          'linkType: hard',
        ]),
      ),
    ].join('\n'),
  };
}

function readAdvisories(values) {
  const found = new Map();
  for (const { value: name, children } of values) {
    if (!children?.Severity) continue;
    for (const version of children['Tree Versions'] ?? []) {
      const key = keyOf({ name, version });
      found.set(key, [
        ...(found.get(key) ?? []),
        {
          id: children.ID,
          severity: children.Severity,
          title: children.Issue,
          url: children.URL,
        },
      ]);
    }
  }
  return found;
}

/**
 * Asks what is known against these versions and no others. Answers `{ advisoriesOf }`, or `{ reason }` when nobody
 * answered who knows.
 *
 * The question is put for a workspace made for it, inside the project so that its registry settings hold.
 */
export async function askAdvisories(dependencies, { root, ...yarnOptions }) {
  const cache = join(root, 'node_modules', '.cache');
  await mkdir(cache, { recursive: true });
  const folder = await mkdtemp(join(cache, 'audit-'));
  try {
    const lock = await readFile(join(root, 'yarn.lock'), 'utf8');
    const { manifest, lockfile } = workspaceOf(
      [...dependencies, KNOWN_TO_BE_BAD],
      /^__metadata:\n(?: .*\n)+/m.exec(lock)?.[0],
    );
    await writeFile(join(folder, 'package.json'), JSON.stringify(manifest));
    await writeFile(join(folder, 'yarn.lock'), lockfile);
    const { values, reason } = await askYarn(
      [
        'npm',
        'audit',
        '--environment',
        'production',
        '--no-deprecations',
        '--json',
      ],
      { ...yarnOptions, cwd: folder, findingsFail: true },
    );
    if (reason) return { reason };
    const found = readAdvisories(values);
    return found.has(keyOf(KNOWN_TO_BE_BAD))
      ? { advisoriesOf: one => found.get(keyOf(one)) ?? [] }
      : {
          reason: `it answers, but knows nothing of the holes of ${keyOf(
            KNOWN_TO_BE_BAD,
          )}`,
        };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
