import { wordsOf } from '@fawkes/kit-contract';

/**
 * What the computer of the portal can keep and run, and what that means; a code
 * never changes its meaning.
 */
const TEXTS = {
  'git.missing':
    'Repositories are not kept on this computer: git was not found.',
  'git.old':
    'Repositories are not kept on this computer: git {{version}} is too old, {{oldest}} or newer is needed.',

  'sandbox.platform':
    'Services are not run on this computer: on {{platform}} there is nothing to end them reliably with. Forms, plans and downloads work.',
  'sandbox.node':
    'Services are not run on this computer: Node {{version}} is too old, 22.18 or newer is needed.',
  'sandbox.root':
    'Services are not run on this computer: the portal runs as root, and there is no way to run them as anybody else. Install bubblewrap, or run the portal as an ordinary user.',

  'sandbox.bubblewrap':
    'Tests and services run in a room of their own: no network, no files of this computer but its programs, and {{scratch}} MiB to write to. They reach nothing but who calls them.',
  'sandbox.user':
    "Tests and services run as a user of their own. They can read what everybody on this computer may read, see its processes, share this computer's network and can reach this portal. Install bubblewrap to end that.",
  'sandbox.none':
    "Tests and services run with all the rights of the portal's user: they can read this portal's files, share this computer's network and can reach this portal.",
  'sandbox.why.linux': 'There is bubblewrap on Linux only',
  'sandbox.why.missing': 'Bubblewrap was not found on the PATH of the portal',
  'sandbox.why.setpriv':
    'Bubblewrap is there; but the portal runs as root, and setpriv, with which it would become somebody else first, is not',
  'sandbox.why.seen':
    'Bubblewrap is there; but the portal or its folder lies among the programs of this computer, which it would show',
  'sandbox.why.refused':
    'Bubblewrap is there; but when it was tried, nothing could be run in it',
  'sandbox.why.refused_said':
    'Bubblewrap is there; but when it was tried, nothing could be run in it. It said: {{said}}',
  'sandbox.processes.limited':
    'A service has at most {{most}} processes and threads.',
  'sandbox.processes.watched':
    'A service with more than {{most}} processes is ended; it may have had more for a moment.',
  'sandbox.limits':
    'Memory of each process and length of each file are limited; memory of all processes together is not.',
  'sandbox.limits.none':
    'Memory and length of files are limited by what Node keeps to itself.',
  'sandbox.npm': 'npm was not found: nothing can be built on this computer.',
} as const;

/** What is said of the portal's computer, for translations to be complete. @public */
export const provisioningComputerWords = wordsOf(TEXTS);
