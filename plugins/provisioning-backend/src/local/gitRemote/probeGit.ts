import { tmpdir } from 'node:os';
import type { Said } from '@fawkes/kit-contract';
import { tryGit } from './git';

/** Oldest git that merges without a working copy. */
const OLDEST = [2, 38];

/** Git as it was found on this computer. */
export type FoundGit =
  | { supported: true; version: string }
  | { supported: false; words: Said };

/** Finds out whether there is a git that the local remote works with. */
export async function probeGit(): Promise<FoundGit> {
  let said = '';
  try {
    const { stdout } = await tryGit({ directory: tmpdir(), args: ['version'] });
    said = stdout.toString('utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
  return judgeGit(said);
}

/** Reads what `git version` says. */
export function judgeGit(said: string): FoundGit {
  const [, version, major, minor] =
    /^git version ((\d{1,4})\.(\d{1,4})\S{0,40})/.exec(said) ?? [];
  if (!version) {
    const text =
      'Repositories are not kept on this computer: git was not found.';
    return {
      supported: false,
      words: { code: 'git.missing', params: {}, text },
    };
  }
  const [oldest, least] = OLDEST;
  const old =
    Number(major) < oldest ||
    (Number(major) === oldest && Number(minor) < least);
  if (!old) return { supported: true, version };
  const text = `Repositories are not kept on this computer: git ${version} is too old, ${OLDEST.join(
    '.',
  )} or newer is needed.`;
  return {
    supported: false,
    words: { code: 'git.old', params: { version }, text },
  };
}
