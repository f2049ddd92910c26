import { tmpdir } from 'node:os';
import { provisioningComputerWords } from '@fawkes/backstage-plugin-provisioning-common/rules';
import { isAway } from '@fawkes/kit-backend/http';
import type { Said } from '@fawkes/kit-contract';
import { tryGit } from './git';

/** Oldest git that merges without a working copy. */
const OLDEST = [2, 38];
const { say } = provisioningComputerWords;

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
    if (!isAway(error)) throw error;
  }
  return judgeGit(said);
}

/** Reads what `git version` says. */
export function judgeGit(said: string): FoundGit {
  const [, version, major, minor] =
    /^git version ((\d{1,4})\.(\d{1,4})\S{0,40})/.exec(said) ?? [];
  if (!version) return { supported: false, words: say('git.missing') };
  const [oldest, least] = OLDEST;
  const old =
    Number(major) < oldest ||
    (Number(major) === oldest && Number(minor) < least);
  if (!old) return { supported: true, version };
  const words = say('git.old', { version, oldest: OLDEST.join('.') });
  return { supported: false, words };
}
