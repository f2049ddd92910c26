/** What is wrong with what npm is to install, in words for whoever pushed it. */
export type LockFault = string;

/** Things of package.json that name packages. */
const NAMING = [
  'dependencies',
  'devDependencies',
  'optionalDependencies',
  'peerDependencies',
] as const;

/** A version or a range of versions, and neither an address nor a file. */
const RANGE = /^[\w+*^~<>=|][\w.+*^~<>=| -]{0,200}$/;
/** The same under another name. */
const ALIAS = /^npm:(?:@[\w.~-]{1,100}\/)?[\w.~-]{1,200}@/;
const VERSION = /^\d{1,10}\.\d{1,10}\.\d{1,20}[\w.+-]{0,100}$/;
const NAME = '(?:@[\\w.~-]{1,100}/)?[\\w~-][\\w.~-]{0,200}';
const PLACE = new RegExp(
  `^node_modules/${NAME}(?:/node_modules/${NAME}){0,50}$`,
);

type Fields = Record<string, unknown>;

/**
 * Holds what npm is to install to packages of a registry. Anything else (git, a
 * folder, an address) makes npm start programs that the repository names, and
 * installing happens outside of the sandbox, where the registry can be reached.
 *
 * @param registry - the registry npm is set to, whatever its protocol
 * @returns what is wrong, the first twenty
 */
export function lockFaults(
  packageJson: unknown,
  lock: unknown,
  registry?: string,
): LockFault[] {
  if (!isFields(packageJson)) return ['package.json is no object'];
  if (!isFields(lock) || !isFields(lock.packages)) {
    return ['package-lock.json has no packages; npm 7 or newer writes them'];
  }
  const faults = [
    ...('workspaces' in packageJson
      ? ['package.json: workspaces are not installed here']
      : []),
    ...namingFaults('package.json', packageJson),
    ...overrideFaults(packageJson.overrides),
    ...Object.entries(lock.packages).flatMap(([place, entry]) =>
      entryFaults(place, entry, registry),
    ),
  ];
  return faults.slice(0, 20);
}

function namingFaults(where: string, holder: Fields): LockFault[] {
  return NAMING.flatMap(field => {
    const named = holder[field];
    if (named === undefined) return [];
    if (!isFields(named)) return [`${where}: ${field} is no object`];
    return Object.entries(named)
      .filter(([, range]) => !isRange(range))
      .map(
        ([name]) =>
          `${where}: ${short(name)} in ${field} is not a version of a package`,
      );
  });
}

/** Overrides in overrides; npm reads no tree of packages that deep. */
const MOST_DEPTH = 20;

function overrideFaults(overrides: unknown, depth: number = 0): LockFault[] {
  if (overrides === undefined || isRange(overrides)) return [];
  if (typeof overrides === 'string' && /^\$[@\w./~-]{1,200}$/.test(overrides)) {
    return [];
  }
  if (!isFields(overrides) || depth > MOST_DEPTH) {
    return ['package.json: an override is not a version of a package'];
  }
  return Object.values(overrides).flatMap(each =>
    overrideFaults(each, depth + 1),
  );
}

function entryFaults(
  place: string,
  entry: unknown,
  registry: string | undefined,
): LockFault[] {
  const where = `package-lock.json: ${short(place) || 'the root'}`;
  if (!isFields(entry)) return [`${where} is no object`];
  if (place === '') return namingFaults(where, entry);
  const { link, version, resolved, integrity, inBundle } = entry;
  const faults = [
    PLACE.test(place) ? '' : 'is not in node_modules',
    link ? 'is a link' : '',
    typeof version === 'string' && VERSION.test(version)
      ? ''
      : 'has no plain version',
    resolved === undefined || isFrom(resolved, registry)
      ? ''
      : 'does not come from a registry',
    inBundle === true || typeof integrity === 'string'
      ? ''
      : 'has no integrity',
  ];
  return faults.filter(Boolean).map(fault => `${where} ${fault}`);
}

function isRange(range: unknown): boolean {
  if (typeof range !== 'string') return false;
  if (range === '') return true;
  const plain = range.replace(ALIAS, '');
  // npm takes what ends so for a file.
  return RANGE.test(plain) && !/\.(tgz|tar|tar\.gz)$/i.test(plain);
}

/** Whether an address is one of a registry's packages. */
function isFrom(resolved: unknown, registry: string | undefined): boolean {
  if (typeof resolved !== 'string' || !URL.canParse(resolved)) return false;
  const url = new URL(resolved);
  if (!url.pathname.endsWith('.tgz') || url.username || url.password) {
    return false;
  }
  return (
    url.protocol === 'https:' ||
    (registry !== undefined && resolved.startsWith(registry))
  );
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function short(name: string): string {
  return name.length > 100 ? `${name.slice(0, 99)}…` : name;
}
