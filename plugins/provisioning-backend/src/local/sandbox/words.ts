import type { Said } from '@fawkes/kit-contract';
import { SERVICE_LIMITS, type Sandbox } from './sandbox';

const MiB = 1024 * 1024;

function words(code: string, text: string, params: Said['params'] = {}): Said {
  return { code: `sandbox.${code}`, params, text };
}

/** Why nothing is run on this computer. */
export const unsupportedWords = {
  platform: (platform: string) =>
    words(
      'platform',
      `Services are not run on this computer: on ${platform} there is nothing to end them reliably with. Forms, plans and downloads work.`,
      { platform },
    ),
  node: (version: string) =>
    words(
      'node',
      `Services are not run on this computer: Node ${version} is too old, 22.18 or newer is needed.`,
      { version },
    ),
  root: () =>
    words(
      'root',
      'Services are not run on this computer: the portal runs as root, and there is no way to run them as anybody else. Install bubblewrap, or run the portal as an ordinary user.',
    ),
};

/** What a sandbox means, most important first. */
export function sandboxWords(sandbox: Sandbox): Said[] {
  const { isolation, processes, limits, programs } = sandbox;
  const scratch = SERVICE_LIMITS.scratchBytes / MiB;
  const most = SERVICE_LIMITS.processes;
  const rooms = {
    bubblewrap: words(
      'bubblewrap',
      `Tests and services run in a room of their own: no network, no files of this computer but its programs, and ${scratch} MiB to write to. They reach nothing but who calls them.`,
      { scratch },
    ),
    user: words(
      'user',
      "Tests and services run as a user of their own. They can read what everybody on this computer may read, see its processes, share this computer's network and can reach this portal. Install bubblewrap to end that.",
    ),
    none: words(
      'none',
      "Tests and services run with all the rights of the portal's user: they can read this portal's files, share this computer's network and can reach this portal.",
    ),
  };
  return [
    rooms[isolation],
    processes === 'limited'
      ? words(
          'processes.limited',
          `A service has at most ${most} processes and threads.`,
          { most },
        )
      : words(
          'processes.watched',
          `A service with more than ${most} processes is ended; it may have had more for a moment.`,
          { most },
        ),
    limits
      ? words(
          'limits',
          'Memory of each process and length of each file are limited; memory of all processes together is not.',
        )
      : words(
          'limits.none',
          'Memory and length of files are limited by what Node keeps to itself.',
        ),
    ...(programs.npm
      ? []
      : [
          words(
            'npm',
            'npm was not found: nothing can be built on this computer.',
          ),
        ]),
  ];
}
