import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { dirname } from 'node:path';
import { environment } from './gitEnvironment';

/** One run of git. */
export interface GitRun {
  /** Arguments after git's own options; the first one is the command. */
  args: string[];
  /** Where git runs, and the only place where it looks for a repository. */
  directory: string;
  /** Lines for its standard input. */
  input?: string[];
  /**
   * Whether it may talk to another machine, by https, with the credentials,
   * proxies and certificates this machine's git is configured with. Only to
   * mirror a configured address. Default: it connects nowhere and knows no
   * configuration but the repository's.
   */
  online?: boolean;
  signal: AbortSignal;
}

/**
 * Options of every run. They come after whatever a file says, so they win: git
 * starts no hook, monitor, pager or signature check, touches no submodule,
 * tidies nothing up behind our back, and goes to no other place that a server
 * names (a redirect, a bundle, a pack elsewhere).
 */
const ALWAYS = [
  'core.attributesFile=/dev/null',
  'core.fsmonitor=false',
  'core.hooksPath=/dev/null',
  'core.sshCommand=false',
  // A file of its choice that has no end would be read into memory whole.
  'diff.orderFile=/dev/null',
  'fetch.recurseSubmodules=false',
  'fetch.uriProtocols=',
  'gc.auto=0',
  'http.followRedirects=false',
  'log.mailmap=false',
  'log.showRoot=true',
  'log.showSignature=false',
  'maintenance.auto=false',
  'protocol.allow=never',
  'safe.bareRepository=all',
  'submodule.recurse=false',
  'transfer.bundleURI=false',
];

/** Besides, of a run that stays on this machine: nobody to ask for a password. */
const OFFLINE = ['core.askPass=', 'credential.helper='];

/** Besides, of a run that mirrors an address. */
const ONLINE = ['protocol.https.allow=always'];

const MOST_ERROR_TEXT = 4_096;

/**
 * Runs git without a shell and hands on its output as it comes. The consumer's
 * pace is git's pace: what is not taken yet waits in the pipe. Git is stopped
 * when the signal aborts or the consumer leaves.
 *
 * @throws Error with what git said, credentials taken out
 */
export async function* streamGit(run: GitRun): AsyncGenerator<Buffer> {
  run.signal.throwIfAborted();
  const settings = [...ALWAYS, ...(run.online ? ONLINE : OFFLINE)];
  const options = [
    '--no-pager',
    '--no-optional-locks',
    ...settings.flatMap(setting => ['-c', setting]),
  ];
  const child = spawn('git', [...options, ...run.args], {
    cwd: run.directory,
    env: environment(dirname(run.directory), run.online),
    stdio: 'pipe',
    windowsHide: true,
  });
  let said = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    said = (said + text).slice(-MOST_ERROR_TEXT);
  });
  // Git may end before it has read everything; its exit code tells why.
  child.stdin.on('error', () => {});
  child.stdin.end((run.input ?? []).map(line => `${line}\n`).join(''));
  const closed = once(child, 'close') as Promise<[code: number | null]>;
  closed.catch(() => {});
  const stop = () => child.kill();
  run.signal.addEventListener('abort', stop, { once: true });
  try {
    for await (const chunk of child.stdout) yield chunk;
    const [code] = await closed;
    run.signal.throwIfAborted();
    if (code !== 0) {
      throw new Error(`git ${run.args[0]} failed: ${withoutSecrets(said)}`);
    }
  } finally {
    run.signal.removeEventListener('abort', stop);
    child.kill();
  }
}

/** Runs git to its end and returns what it printed. */
export async function runGit(run: GitRun): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of streamGit(run)) chunks.push(chunk);
  return Buffer.concat(chunks).toString('utf8');
}

/** Takes user names, passwords and tokens out of addresses in a message. */
export function withoutSecrets(text: string): string {
  return text
    .trim()
    .replace(/\/\/[^/\s@]{1,512}@/g, '//***@')
    .replace(/(authorization:\s*)\S.*/gi, '$1***');
}
