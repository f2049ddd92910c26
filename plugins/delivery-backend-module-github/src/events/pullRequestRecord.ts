import type { PartDraft } from '@fawkes/backstage-plugin-delivery-node';
import { z } from 'zod';
import {
  account,
  bodyOf,
  botName,
  clip,
  instant,
  isBot,
  labelNames,
  titleOf,
  webUrl,
  type Origin,
} from '../payload';
import type { Rules } from '../rules';
import { closedWorkItems } from './closedWorkItems';

/** A pull request as far as the mappers read it. */
export const pullRequest = z.object({
  number: z.number().int().positive(),
  title: z.string().nullish(),
  body: z.string().nullish(),
  html_url: z.string().nullish(),
  user: account,
  draft: z.boolean().nullish(),
  created_at: instant,
  updated_at: instant,
  merged_at: instant.nullish(),
  closed_at: instant.nullish(),
  merge_commit_sha: z.string().nullish(),
  head: z.object({
    sha: z.string(),
    ref: z.string().nullish(),
    label: z.string().nullish(),
    /** Null where the fork is gone. */
    repo: z.object({ full_name: z.string() }).nullish(),
  }),
  base: z.object({ ref: z.string() }),
  labels: z.array(z.object({ name: z.string() })).nullish(),
  additions: z.number().int().nonnegative().nullish(),
  deletions: z.number().int().nonnegative().nullish(),
});

/** @see pullRequest */
export type PullRequest = z.infer<typeof pullRequest>;

/**
 * What every event about a pull request tells of it. `merge_commit_sha` names
 * a trial merge until the pull request is merged, so it is kept only then.
 */
export function pullRequestPart(
  told: PullRequest,
  origin: Origin,
  rules: Rules,
  earliest: PartDraft['earliest'] = {},
): PartDraft {
  const workItems = closedWorkItems(told.body, origin.fullName);
  return {
    type: 'pull_request',
    source: origin.source,
    id: `${origin.fullName}#${told.number}`,
    occurredAt: told.updated_at,
    fields: {
      repository: origin.repository,
      number: told.number,
      openedAt: told.created_at,
      mergedAt: told.merged_at ?? undefined,
      closedAt: told.closed_at ?? undefined,
      baseBranch: told.base.ref,
      headBranch: headBranchOf(told, origin),
      headSha: told.head.sha,
      reverts: revertedNumber(told.body, origin),
      mergeSha: (told.merged_at && told.merge_commit_sha) || undefined,
      labels: labelNames(told.labels),
      additions: told.additions ?? undefined,
      deletions: told.deletions ?? undefined,
      bot: told.user ? isBot(told.user) : undefined,
      botName:
        told.user && isBot(told.user) ? botName(told.user.login) : undefined,
      author: told.user
        ? rules.hashOf(origin.host, told.user.login)
        : undefined,
      workItems: workItems.length > 0 ? workItems : undefined,
      title: titleOf(told.title),
      url: webUrl(told.html_url),
    },
    earliest,
  };
}

const LONGEST_BRANCH = 300;

/**
 * Its branch; with its owner where that is in a fork, whose pushes GitHub does
 * not tell.
 */
function headBranchOf(
  { head: { ref, label, repo } }: PullRequest,
  origin: Origin,
): string | undefined {
  const isHere =
    repo === undefined ||
    repo?.full_name.toLowerCase() === origin.fullName.toLowerCase();
  const branch = isHere ? ref : label ?? (ref && `?:${ref}`);
  return branch ? clip(branch, LONGEST_BRANCH) : undefined;
}

/** A number that databases hold. */
const LARGEST = 2_147_483_647;
/** What the Revert button writes: `Reverts owner/name#4`. */
const REVERTS =
  /^Reverts (?:([\w.-]{1,100}\/[\w.-]{1,100}))?#([1-9]\d{0,9})\s{0,10}$/im;

function revertedNumber(
  body: string | null | undefined,
  origin: Origin,
): number | undefined {
  const [, repository = origin.fullName, number] =
    REVERTS.exec(bodyOf(body)) ?? [];
  const isHere = repository.toLowerCase() === origin.fullName.toLowerCase();
  return number && isHere && Number(number) <= LARGEST
    ? Number(number)
    : undefined;
}
