import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { askAdvisories } from './advisories.mjs';
import { inspectInstalled } from './installed.mjs';
import { readLockfile, resolveDependency } from './lockfile.mjs';
import { publishedPackages } from './packages.mjs';
import { askAges } from './registry.mjs';
import { judge } from './verdict.mjs';

/** Programs that ask at the same time: each is a Yarn of its own. */
const AT_ONCE = 4;

async function mapSome(items, atOnce, work) {
  const results = [];
  let next = 0;
  const worker = async () => {
    while (next < items.length) {
      const index = next++;
      results[index] = await work(items[index]);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
  return results;
}

/** Each version once, with the packages that need it and where it may be installed. */
function versionsOf(packages, lock, root) {
  const versions = new Map();
  for (const { name: user, folder, dependencies } of packages) {
    for (const dependency of dependencies) {
      const { name, version } = resolveDependency(lock, dependency);
      const key = `${name}@${version}`;
      const known = versions.get(key);
      versions.set(key, {
        name,
        version,
        alias: dependency.name,
        usedBy: [...(known?.usedBy ?? []), user],
        folders: [...(known?.folders ?? []), join(root, folder), root],
      });
    }
  }
  return [...versions.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
}

/**
 * Looks at the direct run-time dependencies of all published packages. Each of them is answered with what is known, and
 * with `notAsked`: a reason for every column that nobody answered.
 *
 * @param options - `root` of the project, `yarn` as a command, `env` to run it in, `now` in ms, `patienceMs` for each
 *   question
 */
export async function audit({ root, yarn, env, now, patienceMs }) {
  const packages = await publishedPackages(root);
  const lock = readLockfile(await readFile(join(root, 'yarn.lock'), 'utf8'));
  const versions = versionsOf(packages, lock, root);
  const options = { yarn, env, patienceMs };
  const known = await askAdvisories(versions, { ...options, root });
  const dependencies = await mapSome(
    versions,
    AT_ONCE,
    async ({ alias, folders, ...dependency }) => {
      const installed = await inspectInstalled(folders, alias, dependency);
      const ages = await askAges(dependency, { ...options, cwd: root });
      return {
        ...dependency,
        ...installed,
        ...ages,
        advisories: known.advisoriesOf?.(dependency),
        notAsked: {
          ...ages.notAsked,
          ...installed.notAsked,
          ...(known.reason && { advisories: known.reason }),
        },
      };
    },
  );
  return {
    at: new Date(now).toISOString(),
    packages: packages.map(({ name, role }) => ({ name, role })),
    dependencies,
    ...judge(dependencies),
  };
}
