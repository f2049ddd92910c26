import { AwayError } from '@fawkes/kit-backend/http';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { devNull } from 'node:os';
import { dirname } from 'node:path';
import { ProcessGroup } from '../processes/processGroup';

/** One run of git. */
export interface GitRun {
  /** Arguments after git's own options; the first one is the command. */
  args: readonly string[];
  /** The repository it runs in. */
  directory: string;
  input?: Buffer | string;
  /** Variables besides; they may hold secrets, which arguments may not. */
  env?: Readonly<Record<string, string>>;
  /** Most bytes it may print; more is an error. Default 16 MiB. */
  mostOutput?: number;
  /** The one protocol by which it may talk to a server. Default: none. */
  protocol?: 'http' | 'https';
  signal?: AbortSignal;
}

/** What a run of git said and how it ended. */
export interface GitResult {
  code: number | null;
  stdout: Buffer;
  stderr: string;
}

/** Git's own words for a failure. */
export class GitError extends Error {
  constructor(command: string, readonly stderr: string) {
    super(`git ${command} failed: ${stderr.trim()}`);
    this.name = 'GitError';
  }
}

/** Git was ended, because it printed more than it may. */
export class TooMuchSaid extends GitError {
  constructor(command: string) {
    super(command, 'it has too much to say');
  }
}

/**
 * Settings of every run. They come after whatever a file says, so they win: git
 * starts no hook, monitor, pager or signature check, touches no submodule,
 * tidies nothing up behind our back, and goes to no other place that a server
 * names. Every change of a name is written into its reflog.
 */
const ALWAYS = [
  'core.askPass=',
  'core.attributesFile=/dev/null',
  'core.fsmonitor=false',
  'core.hooksPath=/dev/null',
  'core.logAllRefUpdates=always',
  'core.sshCommand=false',
  // A file of its choice that has no end would be read into memory whole.
  'diff.orderFile=/dev/null',
  'credential.helper=',
  'fetch.recurseSubmodules=false',
  'fetch.uriProtocols=',
  'gc.auto=0',
  'http.followRedirects=false',
  'log.mailmap=false',
  'log.showRoot=true',
  'log.showSignature=false',
  'maintenance.auto=false',
  'protocol.allow=never',
  'push.gpgSign=false',
  'safe.bareRepository=all',
  'submodule.recurse=false',
  'transfer.bundleURI=false',
  'transfer.fsckObjects=true',
];

/** The program, or what it takes to start one, is not there. */
const NOT_NOW = new Set(['ENOENT', 'EAGAIN', 'ENOMEM', 'EMFILE', 'ENFILE']);

const MOST_OUTPUT = 16 * 1024 * 1024;
const MOST_ERROR_TEXT = 4_096;

/** Git's own options for a run, with settings after the ones that always hold. */
export function gitOptions(
  settings: readonly string[] = [],
  protocol?: GitRun['protocol'],
): string[] {
  const allowed = protocol ? [`protocol.${protocol}.allow=always`] : [];
  return [
    '--no-pager',
    '--no-optional-locks',
    ...[...ALWAYS, ...allowed, ...settings].flatMap(each => ['-c', each]),
  ];
}

/**
 * The environment of every run: where programs are, and nothing else of ours.
 * No home, so no configuration of the machine's.
 */
export function gitEnvironment(
  directory: string,
  protocol?: GitRun['protocol'],
): Record<string, string> {
  const kept = ['PATH', 'LD_LIBRARY_PATH', 'TMPDIR'].flatMap(name => {
    const value = process.env[name];
    return value === undefined ? [] : [[name, value]];
  });
  return {
    ...Object.fromEntries(kept),
    HOME: devNull,
    GIT_ALLOW_PROTOCOL: protocol ?? '',
    GIT_ASKPASS: '',
    GIT_ATTR_NOSYSTEM: '1',
    GIT_CEILING_DIRECTORIES: dirname(directory),
    GIT_CONFIG_GLOBAL: devNull,
    GIT_CONFIG_NOSYSTEM: '1',
    GIT_CONFIG_SYSTEM: devNull,
    GIT_NO_LAZY_FETCH: '1',
    GIT_NO_REPLACE_OBJECTS: '1',
    GIT_TERMINAL_PROMPT: '0',
    LC_ALL: 'C',
  };
}

/**
 * Runs git to its end, however that is. Its process group is killed when the
 * signal aborts: a helper of a killed push would otherwise push on.
 *
 * @throws the signal's reason, or Error when git says too much
 */
export async function tryGit(run: GitRun): Promise<GitResult> {
  run.signal?.throwIfAborted();
  const group = await start(run);

  const stop = () => group.signal('SIGKILL');
  run.signal?.addEventListener('abort', stop, { once: true });
  try {
    // Git may end before it has read everything; its exit code tells why.
    group.stdin.on('error', () => {});
    group.stdin.end(run.input ?? '');
    let said = '';
    group.stderr.setEncoding('utf8').on('data', (text: string) => {
      said = (said + text).slice(-MOST_ERROR_TEXT);
    });
    const stdout = await gather(group, run.mostOutput ?? MOST_OUTPUT);
    const { code } = await group.ended;
    run.signal?.throwIfAborted();
    if (!stdout) throw new TooMuchSaid(run.args[0]);
    return { code, stdout, stderr: withoutSecrets(said) };
  } finally {
    run.signal?.removeEventListener('abort', stop);
    stop();
  }
}

async function start(run: GitRun) {
  try {
    return await ProcessGroup.start(
      {
        file: 'git',
        args: [...gitOptions([], run.protocol), ...run.args],
        cwd: run.directory,
        env: { ...gitEnvironment(run.directory, run.protocol), ...run.env },
      },
      'pipe',
    );
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    // A folder that is not there is told in the same way.
    const isOurs = code !== undefined && NOT_NOW.has(code);
    if (!isOurs || !existsSync(run.directory)) throw error;
    throw new AwayError(`git cannot be started on this computer (${code})`, 60);
  }
}

/** Everything a program prints; undefined, and the program killed, when it is too much. */
async function gather(group: ProcessGroup, most: number) {
  const chunks: Buffer[] = [];
  let size = 0;
  group.stdout.on('data', (chunk: Buffer) => {
    size += chunk.length;
    if (size > most) group.signal('SIGKILL');
    else chunks.push(chunk);
  });
  await once(group.stdout, 'close');
  return size > most ? undefined : Buffer.concat(chunks);
}

/**
 * Runs git to a good end and returns what it printed.
 *
 * @throws GitError with what git said
 */
export async function runGit(run: GitRun): Promise<Buffer> {
  const { code, stdout, stderr } = await tryGit(run);
  if (code !== 0) throw new GitError(run.args[0], stderr);
  return stdout;
}

/** The same as text without the last line end. */
export async function gitText(run: GitRun): Promise<string> {
  return (await runGit(run)).toString('utf8').replace(/\n$/, '');
}

/** Takes user names, passwords and tokens out of what git says. */
export function withoutSecrets(text: string): string {
  return text
    .trim()
    .replace(/\/\/[^/\s@]{1,512}@/g, '//***@')
    .replace(/(authorization:\s*)\S.*/gi, '$1***');
}
