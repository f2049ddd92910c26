import type { DeploymentKind, DeploymentStatus } from '../events';
import type { Confidence, LinkMethod } from '../contract';

/** One repository a deployment touches. @public */
export interface DeploymentPart {
  /** Normalised `host/owner/name`. */
  repository: string;
  /** The commit that was deployed; null when the sender did not say. */
  sha: string | null;
  /** The sender's explicit list; `[]` says "nothing", null says "unknown". */
  commits: readonly string[] | null;
}

/** A deployment of one service, as the chain sees it. Times in ms. @public */
export interface ChainDeployment {
  /** Key of the (fact, service) pair. */
  key: string;
  /** The source that told it. */
  source: string;
  /** The sender's id. */
  id: string;
  /** Name of the environment, folded; a chain has one. */
  environment: string;
  /** How it ended. */
  status: DeploymentStatus;
  /** It succeeded before it failed. */
  failedLater: boolean;
  /** What it was made for; null when its sender did not say. */
  kind: DeploymentKind | null;
  /** When it began, ms; null when the sender did not say. */
  startedAt: number | null;
  /** When it ended, ms. */
  finishedAt: number;
  /** When the sender knew it in this state, ms. */
  occurredAt: number;
  /** The sender calls it unplanned work; null when it did not say. */
  unplanned: boolean | null;
  /** Id of the incident it was made to fix; null without one. */
  fixesIncident: string | null;
  /** What was deployed, as a purl; null when the sender did not say. */
  artifact: string | null;
  /** The repositories it touches. */
  parts: readonly DeploymentPart[];
}

/** A commit as far as a walk needs it. @public */
export interface CommitNode {
  /** Normalised `host/owner/name`. */
  repository: string;
  /** Full sha. */
  sha: string;
  /** null: unknown, the walk ends here. */
  parents: readonly string[] | null;
  /** null: unknown, then it counts for every service of the repository. */
  paths: readonly string[] | null;
  /** The commit it takes back; null when it says none. */
  reverts: string | null;
  /** First line of the message; null when unknown. */
  title: string | null;
  /** Written by a machine, e.g. a dependency update. */
  bot: boolean;
  /** What the machine is called; null when unknown. */
  botName: string | null;
}

/** A pull request as far as containment needs it. @public */
export interface PullRequestNode {
  /** Normalised `host/owner/name`. */
  repository: string;
  /** Its number within the repository. */
  number: number;
  /** Last commit of its branch; null when unknown. */
  headSha: string | null;
  /** The commit it became on the base branch; null when unknown. */
  mergeSha: string | null;
  /** When it reached the base branch, ms; null: it has not. */
  mergedAt: number | null;
  /** Shas of its branch. */
  commits: readonly string[];
  /** Names of its labels. */
  labels: readonly string[];
  /** Its title; null when unknown. */
  title: string | null;
  /** Opened by a machine. */
  bot: boolean;
  /** What the machine is called; null when unknown. */
  botName: string | null;
  /** Its branch, `owner:branch` in a fork; null when unknown. */
  headBranch: string | null;
  /** The pull request it takes back; null when it says none. */
  reverts: number | null;
}

/** What a chain run may look up; loaded by the store beforehand. @public */
export interface ChangeGraph {
  /** A commit by name; undefined when nobody has told about it. */
  commit(repository: string, sha: string): CommitNode | undefined;
  /**
   * What complete pushes say a commit reaches besides its parents: what the
   * branch was before, and what was pushed; undefined without any.
   */
  pushed(repository: string, sha: string): readonly string[] | undefined;
  /** Whether one commit is another's ancestor, and not the same. */
  isAncestor(repository: string, sha: string, of: string): boolean;
  /** Pull requests whose merge sha or one of whose commits this is. */
  pullRequestsOf(repository: string, sha: string): readonly PullRequestNode[];
  /** The pull request whose branch ends with this commit. */
  pullRequestByHeadSha(
    repository: string,
    sha: string,
  ): PullRequestNode | undefined;
  /** A pull request by number; undefined when nobody has told about it. */
  pullRequest(repository: string, number: number): PullRequestNode | undefined;
  /** Shas an artifact (purl) is known to be built from. */
  artifact(purl: string): readonly ShaRef[];
}

/** A commit by name. @public */
export interface ShaRef {
  /** Normalised `host/owner/name`. */
  repository: string;
  /** Full sha. */
  sha: string;
}

/**
 * What earlier deployments of the chain did with a commit: brought it first
 * (`contained`), merely carried it (`covered`), or it was there from the start
 * (`seed`).
 * @public
 */
export type Coverage = 'contained' | 'covered' | 'seed';

/** Which commits belong to a service of a shared repository. @public */
export interface ServiceRules {
  /** True when the commit touches the service. */
  touches(commit: CommitNode): boolean;
  /** Merge commits are changes too. */
  countMerges: boolean;
  /** Whether the change of a machine is a change too. */
  countsBot(change: BotChange): boolean;
  /** True when the pull request mends what is broken. */
  isHotfix(pull: PullRequestNode): boolean;
}

/** What is known of the change of a machine. @public */
export interface BotChange {
  /** What the machine is called; null when unknown. */
  botName: string | null;
  /** Its title; null when unknown. */
  title: string | null;
  /** Labels of the pull request it belongs to. */
  labels: readonly string[];
}

/** A commit in a deployment. @public */
export interface CoveredCommit extends ShaRef {
  /** What this deployment did with the commit. */
  coverage: Coverage;
  /** How it was found to be in the deployment. */
  method: LinkMethod;
}

/** A pull request in a deployment. @public */
export interface ContainedPullRequest {
  /** Brought first, there from the start, or carried before it was merged. */
  coverage: Coverage;
  /** Normalised `host/owner/name`. */
  repository: string;
  /** Its number within the repository. */
  number: number;
  /** How it was found to be in the deployment. */
  method: LinkMethod;
}

/** What one successful deployment contains, and how that was found. @public */
export interface Containment {
  /** Key of the (fact, service) pair. */
  key: string;
  /** All of it was there from the start: it contains nothing. */
  seed: boolean;
  /** Repositories that begin with it, sorted. */
  seedRepositories: string[];
  /** Repositories it names, sorted. */
  named: string[];
  /** What the change shows it was made for; null when nothing special. */
  repair: 'rollback' | 'hotfix' | null;
  /** How its commits were found. */
  method: LinkMethod;
  /** How sure that is. */
  confidence: Confidence;
  /** Every commit that is deployed since, sorted. */
  commits: CoveredCommit[];
  /** The pull requests it brought first, or carries without being able to count them. */
  pullRequests: ContainedPullRequest[];
  /** Commits it refers to that nobody has told about yet. */
  unknown: ShaRef[];
}

/** Order of a chain: finishedAt, then id, then source, then key. @public */
export function compareDeployments(
  a: Pick<ChainDeployment, 'finishedAt' | 'id' | 'source' | 'key'>,
  b: Pick<ChainDeployment, 'finishedAt' | 'id' | 'source' | 'key'>,
): number {
  return (
    a.finishedAt - b.finishedAt ||
    compare(a.id, b.id) ||
    compare(a.source, b.source) ||
    compare(a.key, b.key)
  );
}

function compare(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

/** Success, rolled back, or failed after a success: it was in production. @public */
export function reachedProduction({
  status,
  failedLater,
}: Pick<ChainDeployment, 'status' | 'failedLater'>): boolean {
  return status === 'success' || status === 'rolled_back' || failedLater;
}
