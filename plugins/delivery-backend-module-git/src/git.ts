import { spawn } from 'node:child_process';
import { once } from 'node:events';

/** One run of git. */
export interface GitRun {
  /** Arguments after git's own options; the first one is the command. */
  args: string[];
  /** Repository to run in. */
  directory?: string;
  /** Lines for its standard input. */
  input?: string[];
  signal: AbortSignal;
}

/**
 * Options of every run. Whatever the repository or the machine configures, git
 * shows no pager, checks no signatures and starts no file system monitor (both
 * are programs a repository's config may name), and follows no redirect away
 * from an allowed host.
 */
const OPTIONS = [
  '--no-pager',
  '--no-optional-locks',
  '-c',
  'core.fsmonitor=false',
  '-c',
  'log.showSignature=false',
  '-c',
  'log.showRoot=true',
  '-c',
  'http.followRedirects=false',
];

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
  const where = run.directory ? ['-C', run.directory] : [];
  const child = spawn('git', [...OPTIONS, ...where, ...run.args], {
    env: environment(),
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

/**
 * The machine's environment without what would point git elsewhere or make it
 * talkative; configuration and certificates stay.
 */
function environment(): NodeJS.ProcessEnv {
  const kept = Object.entries(process.env).filter(
    ([name]) => !name.startsWith('GIT_') || /^GIT_(CONFIG|SSL)/.test(name),
  );
  return {
    ...Object.fromEntries(kept),
    GIT_ALLOW_PROTOCOL: 'file:https',
    GIT_NO_REPLACE_OBJECTS: '1',
    GIT_TERMINAL_PROMPT: '0',
    LC_ALL: 'C',
  };
}

/** Takes user names, passwords and tokens out of addresses in a message. */
export function withoutSecrets(text: string): string {
  return text
    .trim()
    .replace(/\/\/[^/\s@]{1,512}@/g, '//***@')
    .replace(/(authorization:\s*)\S.*/gi, '$1***');
}
