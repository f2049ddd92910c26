import {
  chmod,
  lstat,
  mkdir,
  mkdtemp,
  readlink,
  rm,
  writeFile,
} from 'node:fs/promises';
import type { Said } from '@fawkes/kit-contract';
import { availableParallelism } from 'node:os';
import { join, sep } from 'node:path';
import { confine } from './confine';
import { findNpm, findProgram } from './programs';
import { sandboxWords, unconfinedWords, unsupportedWords } from './words';
import {
  SERVICE_LIMITS,
  type Limits,
  type NoSandbox,
  type Programs,
  type Sandbox,
} from './sandbox';
import { ProcessGroup } from '../processes/processGroup';
import { runFolder } from './runFolder';
import { FIRST_UID } from './uids';

/** What is looked at. */
export interface ProbeOptions {
  /** The portal's folder for local things; a subfolder of it is used. */
  directory: string;
  /** Where programs are looked for (default: PATH). */
  path?: string;
  /** Folders that must not be seen in the sandbox (default: the working directory and `directory`). */
  hidden?: readonly string[];
  /** What this computer is (default: what this process says). */
  computer?: { platform: string; node: string };
}

/** Oldest Node that runs TypeScript as it is. */
const OLDEST_NODE = [22, 18];

/**
 * Finds out what this computer can keep other people's code from, by trying it:
 * a program that is there may still not be allowed to do its work.
 */
export async function probeSandbox(
  options: ProbeOptions,
): Promise<Sandbox | NoSandbox> {
  const { platform, node } = options.computer ?? {
    platform: process.platform,
    node: process.versions.node,
  };
  const reason = unsupported(platform, node);
  if (reason) return { supported: false, words: [reason] };
  const programs = await findPrograms(options.path ?? process.env.PATH ?? '');
  const root = process.geteuid?.() === 0;
  const folder = join(options.directory, 'sandbox');
  const base = {
    supported: true,
    root,
    programs,
    limits: !!programs.prlimit,
    folder: await runFolder(options.directory),
    system: await systemMounts(folder),
    words: [],
  } as const;
  const inTheWay = unconfinable(programs, root, platform, options);
  const rest = root ? programs.setpriv && ('user' as const) : ('none' as const);
  let why = inTheWay;
  // The safest first. Nothing of other people's ever runs as root.
  for (const isolation of [
    inTheWay ? undefined : 'bubblewrap',
    rest,
  ] as const) {
    if (!isolation) continue;
    for (const processes of ['limited', 'watched'] as const) {
      const sandbox = { ...base, isolation, processes };
      const tried = await tryOut(sandbox, folder);
      if (tried.works) {
        const found =
          isolation === 'bubblewrap' ? sandbox : { ...sandbox, why };
        return { ...found, words: sandboxWords(found) };
      }
      if (isolation === 'bubblewrap') why = unconfinedWords.refused(tried.said);
    }
  }
  return { supported: false, words: [unsupportedWords.root()] };
}

/** Why bubblewrap need not even be tried; undefined where it is. */
function unconfinable(
  { bwrap, setpriv }: Programs,
  root: boolean,
  platform: string,
  options: ProbeOptions,
): Said | undefined {
  if (platform !== 'linux') return unconfinedWords.linux();
  if (!bwrap) return unconfinedWords.missing();
  if (root && !setpriv) return unconfinedWords.setpriv();
  return isHidden(options) ? undefined : unconfinedWords.seen();
}

function unsupported(platform: string, version: string) {
  if (platform !== 'linux' && platform !== 'darwin') {
    return unsupportedWords.platform(platform);
  }
  const [major, minor] = version.split('.').map(Number);
  const [oldest, least] = OLDEST_NODE;
  const old = major < oldest || (major === oldest && minor < least);
  return old ? unsupportedWords.node(version) : undefined;
}

async function findPrograms(path: string): Promise<Programs> {
  const [npm, bwrap, setpriv, prlimit] = await Promise.all([
    findNpm(path, process.execPath),
    findProgram('bwrap', path),
    findProgram('setpriv', path),
    findProgram('prlimit', path),
  ]);
  return { node: process.execPath, npm, bwrap, setpriv, prlimit };
}

/** System folders that are seen in the sandbox. */
const SYSTEM = ['/usr/bin', '/usr/lib', '/usr/lib32', '/usr/lib64'];

/** Whether the portal's own things lie outside of what is seen. */
function isHidden({ directory, hidden }: ProbeOptions): boolean {
  const secret = hidden ?? [process.cwd(), directory];
  return secret.every(path =>
    SYSTEM.every(folder => path !== folder && !path.startsWith(folder + sep)),
  );
}

/** Brings in the system's programs, and no more of /etc than they need. */
async function systemMounts(folder: string): Promise<string[]> {
  const etc = join(folder, 'etc');
  await mkdir(etc, { recursive: true, mode: 0o755 });
  const files = {
    hosts: '127.0.0.1 localhost\n::1 localhost\n',
    'nsswitch.conf': 'hosts: files\npasswd: files\ngroup: files\n',
    passwd: 'root:x:0:0::/:/bin/sh\n',
    group: 'root:x:0:\n',
  };
  for (const [name, text] of Object.entries(files)) {
    await writeFile(join(etc, name), text, { mode: 0o644 });
  }
  const roots = await Promise.all(
    ['/bin', '/lib', '/lib32', '/lib64'].map(rootMount),
  );
  return [
    ...SYSTEM.flatMap(path => ['--ro-bind-try', path, path]),
    ...roots.flat(),
    ...['/etc/alternatives', '/etc/ld.so.cache'].flatMap(path => [
      '--ro-bind-try',
      path,
      path,
    ]),
    ...Object.keys(files).flatMap(name => [
      '--ro-bind',
      join(etc, name),
      `/etc/${name}`,
    ]),
  ];
}

/** These are links into /usr today, and folders of their own elsewhere. */
async function rootMount(path: string): Promise<string[]> {
  const found = await lstat(path).catch(() => undefined);
  if (!found) return [];
  if (!found.isSymbolicLink()) return ['--ro-bind', path, path];
  return ['--symlink', await readlink(path), path];
}

/** Few enough that a handful of children goes beyond. */
const FEW: Limits = { ...SERVICE_LIMITS, processes: 24 };

const FORK = 'i=0; while [ $i -lt 60 ]; do sleep 9 & i=$((i+1)); done; exit 0';

/** Whether this Node really runs in that room, and the kernel really counts there. */
async function tryOut(
  sandbox: Sandbox,
  folder: string,
): Promise<{ works: boolean; said: string }> {
  const node = await ran(sandbox, folder, SERVICE_LIMITS, inside => [
    inside.node,
    '-e',
    'process.exit(7)',
  ]);
  const { said } = node;
  if (node.code !== 7) return { works: false, said };
  if (sandbox.processes === 'watched') return { works: true, said };
  // Without a user of its own, the kernel would count all of the portal's.
  if (!sandbox.limits || sandbox.isolation === 'none') {
    return { works: false, said };
  }
  const fork = await ran(sandbox, folder, FEW, () => ['/bin/sh', '-c', FORK]);
  return { works: fork.code !== 0 && fork.code !== null, said };
}

/** Most of what a program said that is told on. */
const MOST_SAID = 200;

async function ran(
  sandbox: Sandbox,
  folder: string,
  limits: Limits,
  program: Parameters<typeof confine>[1]['program'],
): Promise<{ code: number | null; said: string }> {
  const app = await mkdtemp(join(folder, 'try-'));
  await chmod(app, 0o755);
  try {
    const command = confine(sandbox, {
      app,
      scratch: app,
      env: {},
      limits,
      uid: FIRST_UID,
      program,
    });
    const group = await ProcessGroup.start(command);
    group.stdout.resume();
    let said = '';
    group.stderr.setEncoding('utf8').on('data', (text: string) => {
      said = (said + text).slice(0, MOST_SAID);
    });
    const patience = setTimeout(() => group.signal('SIGKILL'), 20_000);
    const { code } = await group.ended;
    clearTimeout(patience);
    return { code, said: said.trim().split('\n', 1)[0] };
  } finally {
    await rm(app, { recursive: true, force: true });
  }
}

/** Processors of this computer, as tests are to use them. */
export function processors(): number {
  return availableParallelism();
}
