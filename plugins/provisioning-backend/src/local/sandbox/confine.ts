import { dirname, join } from 'node:path';
import type { Command } from '../processes/processGroup';
import type { Limits, Sandbox } from './sandbox';
import { FIRST_UID } from './uids';

/** Where things are for a program in the sandbox. */
export interface Inside {
  node: string;
  /** npm's JavaScript, to be run by node; absent where there is no npm. */
  npm?: string;
  /** What it is run for, read-only where there is bubblewrap. */
  app: string;
  /** The one place to write to. */
  home: string;
  /** Files of ours, read-only. */
  run: string;
}

/** A program to run, and what it may have. */
export interface Confinement {
  /** Folder with other people's code. */
  app: string;
  /** Empty folder; the place to write to where there is no bubblewrap. */
  scratch: string;
  /** Folder with files of ours that it needs. */
  run?: string;
  /** Its variables besides where programs and places are. */
  env: Readonly<Record<string, string>>;
  limits: Limits;
  /** User to run as where the portal runs as root. */
  uid: number;
  program(inside: Inside): readonly string[];
}

const IN_BUBBLEWRAP = {
  node: '/opt/node/node',
  app: '/app',
  home: '/tmp',
  run: '/opt/run',
};

const OWN_NAMESPACES = ['--unshare-user', '--disable-userns'];

/** What becoming somebody else takes, until that is done. */
const ROOTS_NAMESPACES = [
  '--cap-drop',
  'ALL',
  ...['CAP_SETUID', 'CAP_SETGID', 'CAP_SETPCAP'].flatMap(capability => [
    '--cap-add',
    capability,
  ]),
];

/** No network, no processes of others, and an end with the portal's. */
const ALONE = [
  '--unshare-ipc',
  '--unshare-pid',
  '--unshare-net',
  '--unshare-uts',
  '--unshare-cgroup-try',
  '--hostname',
  'service',
  '--die-with-parent',
  '--new-session',
];

/** Makes the command that runs a program in the sandbox. */
export function confine(sandbox: Sandbox, wanted: Confinement): Command {
  const inside = insideOf(sandbox, wanted);
  const command = [...limited(sandbox, wanted), ...wanted.program(inside)];
  const argv = {
    bubblewrap: () => bubblewrapped(sandbox, wanted, command),
    user: () => [...asUser(sandbox, wanted.uid), ...command],
    none: () => command,
  }[sandbox.isolation]();
  return {
    file: argv[0],
    args: argv.slice(1),
    cwd: sandbox.isolation === 'bubblewrap' ? '/' : wanted.app,
    env: {
      ...wanted.env,
      PATH: `${dirname(inside.node)}:/usr/bin:/bin`,
      HOME: inside.home,
      TMPDIR: inside.home,
      LANG: 'C.UTF-8',
      NODE_OPTIONS: `--max-old-space-size=${wanted.limits.heapMebibytes}`,
      npm_config_cache: join(inside.home, '.npm'),
      npm_config_update_notifier: 'false',
    },
  };
}

function insideOf(
  { isolation, programs }: Sandbox,
  wanted: Confinement,
): Inside {
  if (isolation === 'bubblewrap') {
    const npm = programs.npm ? '/opt/npm/bin/npm-cli.js' : undefined;
    return { ...IN_BUBBLEWRAP, npm };
  }
  return {
    node: programs.node,
    npm: programs.npm,
    app: wanted.app,
    home: wanted.scratch,
    run: wanted.run ?? wanted.scratch,
  };
}

/** Limits that the kernel keeps. A core would leave the sandbox by the kernel's own hand. */
function limited(
  { programs, processes }: Sandbox,
  { limits }: Confinement,
): string[] {
  if (!programs.prlimit) return [];
  return [
    programs.prlimit,
    '--core=0',
    '--nofile=1024',
    `--as=${limits.memoryBytes}`,
    `--fsize=${limits.fileBytes}`,
    ...(processes === 'limited' ? [`--nproc=${limits.processes}`] : []),
    '--',
  ];
}

/** Becomes a user of its own for good. */
function asUser({ programs }: Sandbox, uid: number): string[] {
  if (uid < FIRST_UID) throw new Error(`${uid} is no user of services`);
  return [
    programs.setpriv!,
    `--reuid=${uid}`,
    `--regid=${uid}`,
    '--clear-groups',
    '--no-new-privs',
    '--bounding-set=-all',
    '--inh-caps=-all',
    '--',
  ];
}

/**
 * As root there are two of them: the outer one makes the room, since only root
 * finds the way to folders that are root's alone; then comes a user of its own;
 * the inner one takes away that user's right to make rooms in turn, in which
 * there would be another place to write to, of any size.
 */
function bubblewrapped(
  sandbox: Sandbox,
  wanted: Confinement,
  command: readonly string[],
): string[] {
  const { root, programs } = sandbox;
  const room = [
    programs.bwrap!,
    ...(root ? ROOTS_NAMESPACES : OWN_NAMESPACES),
    ...ALONE,
    ...furniture(sandbox, wanted),
    '--',
  ];
  if (!root) return [...room, ...command];
  return [
    ...room,
    ...asUser(sandbox, wanted.uid),
    programs.bwrap!,
    ...OWN_NAMESPACES,
    '--die-with-parent',
    '--new-session',
    '--dev-bind',
    '/',
    '/',
    '--',
    ...command,
  ];
}

function furniture(
  { programs, system }: Sandbox,
  { app, run, limits }: Confinement,
): string[] {
  const npm = programs.npm && dirname(dirname(programs.npm));
  return [
    ...['/usr', '/etc', '/opt', '/opt/node'].flatMap(folder => [
      '--perms',
      '0755',
      '--dir',
      folder,
    ]),
    ...system,
    ...readOnly(programs.node, IN_BUBBLEWRAP.node),
    ...(npm ? readOnly(npm, '/opt/npm') : []),
    ...(run ? readOnly(run, IN_BUBBLEWRAP.run) : []),
    ...readOnly(app, IN_BUBBLEWRAP.app),
    '--proc',
    '/proc',
    '--dev',
    '/dev',
    '--size',
    String(limits.scratchBytes),
    '--perms',
    '1777',
    '--tmpfs',
    IN_BUBBLEWRAP.home,
    // Both hold a place of no fixed size to write to.
    '--remount-ro',
    '/dev',
    '--remount-ro',
    '/',
    '--chdir',
    IN_BUBBLEWRAP.app,
  ];
}

function readOnly(from: string, to: string): string[] {
  return ['--ro-bind', from, to];
}
