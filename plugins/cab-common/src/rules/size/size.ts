import { acceptsPath, buildPathAutomaton } from '@fawkes/kit-contract';

/** A file that differs. @public */
export interface DiffFile {
  /** From the root of the repository; of a renamed one the new path. */
  path: string;
  /** Lines. */
  added: number;
  /** Lines. */
  deleted: number;
  /** It has no lines to count. */
  binary: boolean;
}

/** Which files count otherwise. Only the configuration says so, never a repository. @public */
export interface SizePatterns {
  /** Of lock files and what is generated: no line of them counts. */
  ignored: readonly string[];
  /** Of what touches schema, access or network. */
  structural: readonly string[];
}

/** How large a change is. @public */
export interface ChangeSize {
  /** Lines added and deleted. */
  changedLines: number;
  /** Schema, access or network are touched. */
  structural: boolean;
}

/** What a file without lines counts as. */
const BINARY_LINES = 100;
/** Longest path that is held against patterns; a longer one counts as structural. */
const LONGEST_PATH = 4_096;

/** Locks and nothing else: what is generated, an installation knows best. @public */
export const DEFAULT_IGNORED: readonly string[] = [
  'package-lock.json',
  'npm-shrinkwrap.json',
  'yarn.lock',
  'pnpm-lock.yaml',
  'Cargo.lock',
  'Gemfile.lock',
  'composer.lock',
  'poetry.lock',
  'uv.lock',
  'go.sum',
].map(name => `**/${name}`);

/** What usually holds schema, access or network. @public */
export const DEFAULT_STRUCTURAL: readonly string[] = [
  '**/migrations/**',
  '**/*.sql',
  '**/*.prisma',
  '**/*.tf',
  '**/*.bicep',
  '**/iam/**',
  '**/rbac/**',
  '**/network/**',
  '**/networkpolicy*.yaml',
  '**/ingress*.yaml',
];

/** Whether a text is a pattern: parts between slashes with `*`, `?` and `**`. @public */
export function isSizePattern(text: string): boolean {
  return (
    text.length > 0 &&
    text.length <= 256 &&
    !/[+()[\]{}!\\]/.test(text) &&
    text.split('/').every(part => part !== '' && part !== '.' && part !== '..')
  );
}

/**
 * Counts how large a change is. A pure rename counts nothing, a file without lines
 * as much as a hundred; whether it is structural, a name decides that ignored files
 * have as well.
 * @public
 */
export function sizeOf(
  files: readonly DiffFile[],
  { ignored, structural }: SizePatterns,
): ChangeSize {
  const matcherOf = (patterns: readonly string[]) => {
    const automata = patterns.map(text => buildPathAutomaton(text.split('/')));
    return (path: string) => automata.some(each => acceptsPath(each, path));
  };
  const isIgnored = matcherOf(ignored);
  const isStructural = matcherOf(structural);
  const size: ChangeSize = { changedLines: 0, structural: false };
  for (const { path, added, deleted, binary } of files) {
    const isTooLong = path.length > LONGEST_PATH;
    if (isTooLong || isStructural(path)) size.structural = true;
    if (!isTooLong && isIgnored(path)) continue;
    size.changedLines += binary ? BINARY_LINES : added + deleted;
  }
  return size;
}
