import type { Claim } from '@fawkes/backstage-plugin-delivery-common';
import { commitClaim } from './commitClaim';
import type { GitRepository } from './options';
import {
  commitsOf,
  sameTips,
  type RepositoryCursor,
  type Tips,
} from './cursor';
import { runGit, streamGit } from './git';
import { createLogParser, LOG_FORMAT } from './logParser';
import { readRefs, releaseClaim, type ReleaseTag } from './refs';

/** Claims that are stored in one transaction. */
const BATCH = 1_000;

/** What loading a repository depends on. */
export interface LoadContext {
  /** Repository to read, with a configuration that can be trusted. */
  directory: string;
  from: RepositoryCursor;
  signal: AbortSignal;
  now: number;
  /** Stores claims together with how far the repository is loaded by them. */
  store(claims: Claim[], cursor: RepositoryCursor): Promise<void>;
}

/** How much was told. */
export interface Loaded {
  commits: number;
  releases: number;
}

/**
 * Tells what a repository has that was not told yet: the commits reachable from
 * its branches and releases now and not from where they pointed last time, then
 * the releases themselves.
 *
 * A load that was interrupted goes on towards where it was going (its walk is
 * the same for the same commits, so it can be entered in the middle), and then
 * to where the names point by now.
 */
export async function loadRepository(
  repository: GitRepository,
  context: LoadContext,
): Promise<Loaded> {
  const { directory, signal } = context;
  const total: Loaded = { commits: 0, releases: 0 };
  const refs = await readRefs(directory, repository.tags, signal);
  const current: Tips = {
    heads: refs.heads,
    tags: Object.fromEntries(refs.releases.map(({ name, sha }) => [name, sha])),
  };
  const { from } = context;
  const pending =
    from.pending && (await hasCommits(commitsOf(from.pending), context))
      ? from.pending
      : undefined;
  let known = tipsOf(from);
  const legs = [
    ...(pending ? [{ target: tipsOf(pending), done: pending.done }] : []),
    { target: current, done: 0 },
  ];
  for (const { target, done } of legs) {
    if (sameTips(target, known)) continue;
    const before = known;
    total.commits += await tellCommits(repository, context, {
      before,
      target,
      done,
    });
    const fresh = refs.releases.filter(
      ({ name, sha }) => target.tags[name] === sha && before.tags[name] !== sha,
    );
    await tellReleases(repository, context, { before, target, fresh });
    total.releases += fresh.length;
    known = target;
  }
  return total;
}

function tipsOf({ heads, tags }: Tips): Tips {
  return { heads, tags };
}

interface Leg {
  before: Tips;
  target: Tips;
}

async function tellCommits(
  repository: GitRepository,
  { directory, signal, now, store }: LoadContext,
  { before, target, done }: Leg & { done: number },
): Promise<number> {
  const parser = createLogParser(repository.paths);
  let told = 0;
  let waiting: Claim[] = [];
  const tell = async (claims: Claim[]) => {
    told += claims.length;
    await store(claims, {
      ...before,
      pending: { ...target, done: done + told },
    });
  };
  const wanted = commitsOf(target);
  if (wanted.length === 0) return 0;
  const output = streamGit({
    directory,
    args: logArguments(repository.paths, done),
    input: [...wanted, ...commitsOf(before).map(sha => `^${sha}`)],
    signal,
  });
  for await (const chunk of output) {
    for (const record of parser.push(chunk)) {
      waiting.push(commitClaim(record, repository.repository, now));
    }
    while (waiting.length >= BATCH) {
      await tell(waiting.slice(0, BATCH));
      waiting = waiting.slice(BATCH);
      signal.throwIfAborted();
    }
  }
  for (const record of parser.end()) {
    waiting.push(commitClaim(record, repository.repository, now));
  }
  if (waiting.length > 0) await tell(waiting);
  return told;
}

function logArguments(withPaths: boolean, skip: number): string[] {
  return [
    'log',
    // A branch that was rewritten since then may have been swept away. Git
    // honours this only ahead of --stdin.
    '--ignore-missing',
    '--stdin',
    '--topo-order',
    `--skip=${skip}`,
    '-z',
    '--no-color',
    '--no-notes',
    '--encoding=UTF-8',
    `--format=${LOG_FORMAT}`,
    '--no-ext-diff',
    '--no-textconv',
    ...(withPaths
      ? [
          '--name-only',
          '--no-renames',
          '--no-relative',
          '--diff-merges=first-parent',
        ]
      : ['--no-patch']),
    '--',
  ];
}

async function tellReleases(
  repository: GitRepository,
  { now, store, signal }: LoadContext,
  { before, target, fresh }: Leg & { fresh: ReleaseTag[] },
): Promise<void> {
  const claims = fresh.map(release => releaseClaim(release, repository, now));
  const last = Math.max(0, Math.ceil(claims.length / BATCH) - 1);
  // The commits are all told: until the last batch, a restart repeats releases only.
  for (let batch = 0; batch <= last; batch++) {
    signal.throwIfAborted();
    const tags = Object.fromEntries(
      fresh.slice(0, (batch + 1) * BATCH).map(({ name, sha }) => [name, sha]),
    );
    await store(
      claims.slice(batch * BATCH, (batch + 1) * BATCH),
      batch === last
        ? target
        : { heads: target.heads, tags: { ...before.tags, ...tags } },
    );
  }
}

async function hasCommits(
  shas: string[],
  { directory, signal }: LoadContext,
): Promise<boolean> {
  const output = await runGit({
    directory,
    args: ['cat-file', '--batch-check=%(objecttype)'],
    input: shas,
    signal,
  });
  return output.split('\n').every(line => line === 'commit' || line === '');
}
