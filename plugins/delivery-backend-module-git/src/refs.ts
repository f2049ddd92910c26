import type { WholeClaim } from '@fawkes/backstage-plugin-delivery-common';
import { toInstant } from './commitClaim';
import type { GitRepository } from './options';
import { runGit } from './git';

/** A tag that is a release. */
export interface ReleaseTag {
  name: string;
  /** The commit it names. */
  sha: string;
  /** Unix seconds: when it was tagged, else when its commit was made. */
  at: number;
}

/** What a repository's names point at. */
export interface Refs {
  /** Commits its branches end in, each once, sorted. */
  heads: string[];
  releases: ReleaseTag[];
}

const REF_FORMAT = [
  '%(refname)',
  '%(objecttype)',
  '%(objectname)',
  '%(*objecttype)',
  '%(*objectname)',
  '%(creatordate:unix)',
  '%(*committerdate:unix)',
].join('%00');

/** Reads branches and release tags. */
export async function readRefs(
  directory: string,
  tags: RegExp,
  signal: AbortSignal,
): Promise<Refs> {
  const output = await runGit({
    directory,
    args: ['for-each-ref', `--format=${REF_FORMAT}`, 'refs/heads', 'refs/tags'],
    signal,
  });
  return parseRefs(output, tags);
}

/** Reads the lines of `git for-each-ref` in our format; names hold no NUL and no line break. */
export function parseRefs(output: string, tags: RegExp): Refs {
  const heads = new Set<string>();
  const releases: ReleaseTag[] = [];
  for (const line of output.split('\n')) {
    const [ref, type, object, peeledType, peeled, created, committed] =
      line.split('\0');
    if (ref.startsWith('refs/heads/') && type === 'commit') heads.add(object);
    if (!ref.startsWith('refs/tags/')) continue;
    const name = ref.slice('refs/tags/'.length);
    const sha = type === 'commit' ? object : peeled;
    const isCommit = (type === 'tag' ? peeledType : type) === 'commit';
    // The first tags of old repositories have no tagger, hence no date.
    const at = Number.parseInt(created || committed, 10);
    if (isCommit && !Number.isNaN(at) && name.length <= 512 && tags.test(name))
      releases.push({ name, sha, at });
  }
  return { heads: [...heads].sort(), releases };
}

/**
 * A release as a successful deployment: for teams that deploy what they tag
 * and have no other event of it.
 *
 * @param now - this machine's clock, ms since the epoch
 */
export function releaseClaim(
  release: ReleaseTag,
  {
    repository,
    environment,
  }: Pick<GitRepository, 'repository' | 'environment'>,
  now: number,
): WholeClaim {
  const finishedAt = toInstant(release.at, now)!;
  return {
    claim: 'whole',
    event: {
      type: 'deployment',
      source: repository,
      id: release.name,
      occurredAt: finishedAt,
      environment,
      status: 'success',
      finishedAt,
      repository,
      sha: release.sha,
      version: release.name,
    },
  };
}
