import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { secondsSince, type Clock } from '../clock';
import {
  checkOut,
  CheckoutRefused,
  type Checkout,
} from '../gitRemote/checkout';
import { say, type Log } from '../logs/log';
import type { ProcessMark } from '../processes/processGroup';
import { install } from '../sandbox/install';
import { processors } from '../sandbox/probe';
import { runConfined } from '../sandbox/runConfined';
import { testLimits, type Sandbox } from '../sandbox/sandbox';
import type { Inside } from '../sandbox/confine';
import type { Uids } from '../sandbox/uids';
import type { Children } from './children';
import type { Releases } from './releases';

/** A commit to build. */
export interface BuildRequest {
  /** Id of the service. */
  service: string;
  /** Its repository on this machine. */
  repository: string;
  commit: string;
  /** A library is packed as well, and never started. */
  library?: boolean;
  log: Log;
  signal?: AbortSignal;
}

/** Steps of a build. */
export type BuildStep = 'checkout' | 'install' | 'test' | 'pack';

/** Seconds that each step took; those that were not begun are missing. */
export type BuildSeconds = Partial<Record<BuildStep, number>>;

/** What became of it. */
export type Built =
  | {
      green: true;
      /** Digest of the checkout; names the release. */
      digest: string;
      skipped: Checkout['skipped'];
      seconds: BuildSeconds;
      /** Whether the very same files were built before. */
      reused: boolean;
    }
  | {
      green: false;
      failed: BuildStep;
      why:
        | 'refused'
        | 'failed'
        | 'too-long'
        | 'too-many-processes'
        | 'cancelled';
      seconds: BuildSeconds;
    };

/** What a build needs besides. */
export interface BuildContext {
  sandbox: Sandbox;
  releases: Releases;
  uids: Uids;
  children: Children;
  clock: Clock;
  /** Registry that npm is set to, where it is not of https. */
  registry?: string;
  /** Milliseconds for one step. */
  timeout: number;
}

/**
 * Builds a commit: a fresh checkout, the locked packages, and the tests of its
 * own, in the sandbox. What passes is kept as a release.
 */
export async function build(
  request: BuildRequest,
  context: BuildContext,
): Promise<Built> {
  const { service, repository, commit, log } = request;
  const { releases, clock } = context;
  const seconds: BuildSeconds = {};
  const place = await releases.begin(service);
  try {
    const app = join(place, 'app');
    const begun = clock.now();
    let checkout;
    try {
      checkout = await checkOut(repository, commit, app);
    } catch (error) {
      if (!(error instanceof CheckoutRefused)) throw error;
      await say(log, error.message);
      return { green: false, failed: 'checkout', why: 'refused', seconds };
    }
    seconds.checkout = secondsSince(clock, begun);
    for (const { path, why } of checkout.skipped) {
      await say(log, `Left out: ${path} (${why})`);
    }
    const { digest, skipped } = checkout;
    const green = { green: true, digest, skipped, seconds } as const;
    if (await releases.find(service, digest)) {
      await say(log, 'These files were built and tested before.');
      return { ...green, reused: true };
    }
    const failed = await buildFiles(request, context, place, seconds);
    if (failed) return { green: false, ...failed, seconds };
    await releases.keep(service, digest, place);
    return { ...green, reused: false };
  } finally {
    await rm(place, { recursive: true, force: true });
  }
}

/** Says what would be in the package; there is nowhere to write it to. */
const PACK = ['pack', '--dry-run', '--ignore-scripts'];

type Failure = Pick<Extract<Built, { green: false }>, 'failed' | 'why'>;

async function buildFiles(
  request: BuildRequest,
  context: BuildContext,
  place: string,
  seconds: BuildSeconds,
): Promise<Failure | undefined> {
  const { log, signal, library } = request;
  const { sandbox, clock, timeout, registry } = context;
  const app = join(place, 'app');
  const installed = await recorded(context, onStarted =>
    install({
      app,
      workDirectory: place,
      programs: sandbox.programs,
      registry,
      log,
      timeout,
      signal,
      clock,
      onStarted,
    }),
  );
  seconds.install = installed.seconds;
  if (installed.outcome !== 'passed') {
    return { failed: 'install', why: installed.outcome };
  }
  const steps: Array<[BuildStep, string[]]> = [
    ['test', ['test']],
    ...(library ? [['pack', PACK] as [BuildStep, string[]]] : []),
  ];
  for (const [step, args] of steps) {
    const result = await runNpm(request, context, app, args);
    seconds[step] = result.seconds;
    if (result.outcome !== 'passed') {
      return { failed: step, why: result.outcome };
    }
  }
  return undefined;
}

async function runNpm(
  { log, signal }: BuildRequest,
  context: BuildContext,
  app: string,
  args: readonly string[],
) {
  const { sandbox, uids, clock, timeout } = context;
  const uid = sandbox.root ? uids.take() : 0;
  try {
    return await recorded(context, onStarted =>
      runConfined(
        sandbox,
        {
          app,
          env: { NODE_ENV: 'test', CI: 'true', NO_COLOR: '1' },
          limits: testLimits(processors()),
          uid,
          program: (inside: Inside) => [inside.node, inside.npm!, ...args],
        },
        { log, timeout, signal, clock, onStarted },
      ),
    );
  } finally {
    if (sandbox.root) uids.give(uid);
  }
}

/** Writes down what runs, and that it has ended. */
async function recorded<T>(
  { children }: BuildContext,
  work: (onStarted: (mark: ProcessMark) => Promise<void>) => Promise<T>,
): Promise<T> {
  const marks: ProcessMark[] = [];
  try {
    return await work(async mark => {
      marks.push(mark);
      await children.started(mark);
    });
  } finally {
    for (const mark of marks) await children.ended(mark);
  }
}
