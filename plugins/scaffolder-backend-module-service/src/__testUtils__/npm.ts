import { execFileSync } from 'node:child_process';
import { tmpdir } from 'node:os';

// Not the test runner's own options: what is rendered runs on its own.
const {
  NODE_OPTIONS: _options,
  NODE_ENV: _env,
  JEST_WORKER_ID: _worker,
  // Node's test runner tells its children that they are.
  NODE_TEST_CONTEXT: _context,
  ...rest
} = process.env;

/** The environment in which rendered services are tried. */
export const env: NodeJS.ProcessEnv = rest;

/** Runs npm in a folder; returns what it printed. */
export function npm(args: string[], cwd: string): string {
  return execFileSync('npm', args, {
    cwd,
    env,
    encoding: 'utf8',
    timeout: 240_000,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

const ASK = ['view', 'fastify', 'version'];
const ONCE = ['--fetch-retries=0', '--fetch-timeout=15000'];

/** Why the registry cannot be asked; undefined where it can. */
export function registryFault(): string | undefined {
  return faultOf(() => npm([...ASK, ...ONCE], tmpdir()));
}

/** Why nothing can be confined on this computer; undefined where it can. */
export function sandboxFault(): string | undefined {
  const args = ['--ro-bind', '/', '/', '--unshare-all', 'true'];
  const fault = faultOf(() => execFileSync('bwrap', args, { stdio: 'pipe' }));
  // There it has to work.
  if (fault && process.env.CI) throw new Error(fault);
  return fault;
}

function faultOf(attempt: () => unknown): string | undefined {
  try {
    attempt();
    return undefined;
  } catch (error) {
    const said = String(error instanceof Error ? error.message : error);
    return said.split('\n')[0];
  }
}
