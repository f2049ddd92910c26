import { mkdtemp, open, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { secondsSince, systemClock, type Clock } from '../clock';
import { copyTo, say, type Log } from '../logs/log';
import { ProcessGroup, type ProcessMark } from '../processes/processGroup';
import { deadline } from './deadline';
import { lockFaults } from './lockfile';
import type { Programs } from './sandbox';

/** Packages to install. */
export interface InstallRequest {
  /** Folder with package.json and package-lock.json; gets node_modules. */
  app: string;
  /** Folder on the same disk for what is needed on the way. */
  workDirectory: string;
  programs: Programs;
  /** Registry that npm is set to, where it is not of https. */
  registry?: string;
  log: Log;
  /** Milliseconds after which it is ended. */
  timeout: number;
  signal?: AbortSignal;
  onStarted?(mark: ProcessMark): Promise<void>;
  clock?: Clock;
}

/** What became of it. */
export interface InstallResult {
  outcome: 'passed' | 'refused' | 'failed' | 'too-long' | 'cancelled';
  seconds: number;
}

/**
 * What npm finds its registry, its way there and its cache by. Nothing else of
 * ours: it has no business with the portal's secrets.
 */
const OF_NPM =
  /^(HOME|USER|LOGNAME|LANG|LC_\w+|TMPDIR|XDG_\w+|npm_config_\w+|(https?|no|all)_proxy|NODE_EXTRA_CA_CERTS|SSL_CERT_(FILE|DIR))$/i;

/** Where npm believes to be when it was started by npm. */
const PLACES = /^npm_config_(local_prefix|prefix)$/i;

const MOST_PACKAGE_JSON = 256 * 1024;
const MOST_LOCK = 8 * 1024 * 1024;

/**
 * Installs the packages of a lockfile without running any code of the
 * repository. npm sees its two files and nothing else of it: a .npmrc could name
 * programs to start, and send what is in our environment elsewhere.
 */
export async function install(request: InstallRequest): Promise<InstallResult> {
  const { app, workDirectory, log, clock = systemClock } = request;
  const begun = clock.now();
  const done = (outcome: InstallResult['outcome']) => ({
    outcome,
    seconds: secondsSince(clock, begun),
  });
  const files = await readFiles(app);
  if (typeof files === 'string') {
    await say(log, files);
    return done('refused');
  }
  const faults = lockFaults(
    files.packageJson.value,
    files.lock.value,
    request.registry,
  );
  if (faults.length > 0) {
    for (const fault of faults) await say(log, fault);
    return done('refused');
  }
  const place = await mkdtemp(join(workDirectory, 'install-'));
  try {
    await writeFile(join(place, 'package.json'), files.packageJson.text);
    await writeFile(join(place, 'package-lock.json'), files.lock.text);
    const outcome = await runNpm(request, place);
    if (outcome === 'passed') {
      await moveModules(place, app);
    }
    return done(outcome);
  } finally {
    await rm(place, { recursive: true, force: true });
  }
}

async function runNpm(
  {
    programs,
    log,
    timeout,
    signal,
    onStarted,
    clock = systemClock,
  }: InstallRequest,
  place: string,
): Promise<InstallResult['outcome']> {
  if (!programs.npm) throw new Error('npm was not found on this computer');
  if (signal?.aborted) return 'cancelled';
  const group = await ProcessGroup.start({
    file: programs.node,
    args: [
      programs.npm,
      'ci',
      `--prefix=${place}`,
      '--ignore-scripts',
      '--git=false',
      '--no-audit',
      '--no-fund',
      '--no-update-notifier',
      '--prefer-offline',
      '--fetch-retries=1',
    ],
    cwd: place,
    env: npmEnvironment(process.env),
  });
  const limit = deadline(clock, timeout, signal, () => group.end());
  try {
    const output = Promise.all([
      copyTo(log, group.stdout),
      copyTo(log, group.stderr, 'err'),
    ]);
    await onStarted?.(group.mark);
    const { code } = await group.ended;
    await output;
    return limit.cut ?? (code === 0 ? 'passed' : 'failed');
  } finally {
    limit.release();
    await group.end();
  }
}

/** The part of an environment that is npm's. */
export function npmEnvironment(env: NodeJS.ProcessEnv): Record<string, string> {
  const kept = Object.entries(env).flatMap(([name, value]) =>
    value !== undefined && OF_NPM.test(name) && !PLACES.test(name)
      ? [[name, value]]
      : [],
  );
  return { ...Object.fromEntries(kept), PATH: '/usr/bin:/bin', NO_COLOR: '1' };
}

async function readFiles(app: string) {
  const [packageJson, lock] = await Promise.all([
    readJson(join(app, 'package.json'), MOST_PACKAGE_JSON),
    readJson(join(app, 'package-lock.json'), MOST_LOCK),
  ]);
  if (typeof packageJson === 'string') return `package.json ${packageJson}`;
  if (typeof lock === 'string') return `package-lock.json ${lock}`;
  return { packageJson, lock };
}

async function readJson(path: string, most: number) {
  let file;
  try {
    file = await open(path, 'r');
    const { size } = await file.stat();
    if (size > most) return `is longer than ${most} bytes`;
    const text = await file.readFile('utf8');
    return { text, value: JSON.parse(text) as unknown };
  } catch (error) {
    if (error instanceof SyntaxError) return 'is no JSON';
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    return 'is missing';
  } finally {
    await file?.close();
  }
}

/** A folder of that name in the repository gives way: it is not what was locked. */
async function moveModules(from: string, app: string) {
  const target = join(app, 'node_modules');
  await rm(target, { recursive: true, force: true });
  try {
    await rename(join(from, 'node_modules'), target);
  } catch (error) {
    // Nothing to install, nothing installed.
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
}
