import { Problem } from '../lib/problem.mjs';

/** The entries of a yarn.lock: `name@npm:range` → the version it stands for, and its name in the registry. */
export function readLockfile(text) {
  const entries = new Map();
  let keys = [];
  for (const line of text.split('\n')) {
    // Long keys are written behind a question mark.
    const [, long, short] = /^(?:\? (.+)|(\S.*):)$/.exec(line) ?? [];
    const key = long ?? short;
    if (key) keys = key.replace(/^"|"$/g, '').split(', ');
    // The resolution alone tells the real name of what is installed under another; `::` begins where it was fetched.
    const [, name, version] =
      /^ {2}resolution: "(@?[^@"]+)@npm:([^":]+)(?:::[^"]*)?"$/.exec(line) ??
      [];
    if (name) keys.forEach(key => entries.set(key, { name, version }));
  }
  return entries;
}

/** What a dependency stands for: `{ name, version }` in the registry. */
export function resolveDependency(entries, { name, range }) {
  const found =
    entries.get(`${name}@npm:${range}`) ?? entries.get(`${name}@${range}`);
  if (found) return found;
  throw new Problem(`yarn.lock knows no ${name} ${range} from a registry.`, [
    'Run `yarn install`. What comes from elsewhere (git, a file, a patch) cannot be audited.',
  ]);
}
