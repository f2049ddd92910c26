import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { probeSandbox } from '../sandbox/probe';
import type { Sandbox } from '../sandbox/sandbox';

/** Somebody who is not root, and owns nothing here. */
const SOMEBODY = 12_345;

const isRoot = process.geteuid?.() === 0;

/** Whether bubblewrap may do its work on this computer. */
export const bubblewrapWorks =
  spawnSync('bwrap', ['--unshare-all', '--ro-bind', '/', '/', 'true'])
    .status === 0;

/**
 * Who runs the portal in a test: whoever runs the test, and an ordinary user
 * besides where that is root.
 */
export const PORTALS = isRoot ? ['root', 'an ordinary user'] : ['this user'];

/**
 * The sandbox as a portal of that user would find it.
 *
 * @param directory - the portal's folder; every user may enter it and the one above
 */
export async function sandboxOf(
  portal: string,
  directory: string,
): Promise<Sandbox> {
  mkdirSync(directory, { recursive: true });
  for (const each of [dirname(directory), directory]) chmodSync(each, 0o755);
  const found = await probeSandbox({ directory });
  if (!found.supported) throw new Error(found.words[0].text);
  if (portal !== 'an ordinary user') return found;
  return {
    ...found,
    root: false,
    programs: {
      ...found.programs,
      bwrap: becoming(directory, 'bwrap', found.programs.bwrap!),
      prlimit:
        found.isolation === 'bubblewrap'
          ? found.programs.prlimit
          : becoming(directory, 'prlimit', found.programs.prlimit!),
    },
  };
}

/** A program that becomes somebody else first. */
export function becoming(
  directory: string,
  name: string,
  program: string,
): string {
  const file = `${directory}/${name}`;
  writeFileSync(
    file,
    `#!/bin/sh\nexec setpriv --reuid=${SOMEBODY} --regid=${SOMEBODY} --clear-groups ${program} "$@"\n`,
  );
  chmodSync(file, 0o755);
  return file;
}

/**
 * Tests that need bubblewrap. Where tests decide about a change they are always
 * run, and fail where it does not work.
 */
export const describeSandbox =
  bubblewrapWorks || process.env.CI
    ? describe
    : (describe.skip as typeof describe);

if (!bubblewrapWorks) {
  process.stderr.write(
    'Tests of the sandbox are left out: bubblewrap does not work on this computer.\n',
  );
}
