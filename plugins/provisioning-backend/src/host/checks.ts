import type {
  Isolation,
  OperatorResponse,
} from '@fawkes/backstage-plugin-provisioning-common';
import type { Said } from '@fawkes/kit-contract';
import type { FoundGit, NoSandbox, Sandbox } from '../local';
import { say } from './words';

/** What was found on this computer. */
export interface Found {
  git: FoundGit;
  sandbox: Sandbox | NoSandbox;
}

/** What was tried at start, one row each. */
export function checksOf({ git, sandbox }: Found): OperatorResponse['checks'] {
  const tried = [
    {
      name: 'git',
      ok: git.supported,
      words: git.supported
        ? say('local.git', { version: git.version })
        : git.words,
    },
  ];
  if (!sandbox.supported) {
    return [
      ...tried,
      ...sandbox.words.map(words => ({ name: 'sandbox', ok: false, words })),
    ];
  }
  const npm = sandbox.programs.npm !== undefined;
  return [
    ...tried,
    {
      name: 'node',
      ok: true,
      words: say('local.node', { version: process.versions.node }),
    },
    {
      name: 'npm',
      ok: npm,
      words: npm ? say('local.npm') : say('local.npm_missing'),
    },
    ...(sandbox.why ? [{ name: 'bwrap', ok: false, words: sandbox.why }] : []),
    ...sandbox.words.map((words, index) => ({
      name: index === 0 ? 'bwrap' : 'sandbox',
      ok: index > 0 || sandbox.isolation === 'bubblewrap',
      words,
    })),
  ];
}

/** Whether services are built and run here. */
export function deploysWith({ git, sandbox }: Found): boolean {
  return (
    git.supported && sandbox.supported && sandbox.programs.npm !== undefined
  );
}

/** What is missing; without git nothing works here, without the rest repositories do. */
export function obstacleOf({ git }: Found): Said | undefined {
  return git.supported ? undefined : git.words;
}

/** What keeps services from this computer; null where none is run. */
export function isolationOf(found: Found): Isolation | null {
  const { sandbox } = found;
  if (!sandbox.supported || !deploysWith(found)) return null;
  return {
    sandboxed: sandbox.isolation === 'bubblewrap',
    words: sandbox.words[0],
    why: sandbox.why ?? null,
  };
}
