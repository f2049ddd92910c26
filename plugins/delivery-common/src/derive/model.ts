import type { DeploymentKind, DeploymentStatus } from '../events';
import type { Confidence, LinkMethod } from '../contract';

/** One repository a deployment touches. @public */
export interface DeploymentPart {
  /** Normalised `host/owner/name`. */
  repository: string;
  sha: string | null;
  /** The sender's explicit list; `[]` says "nothing", null says "unknown". */
  commits: readonly string[] | null;
}

/** A deployment of one service, as the chain sees it. Times in ms. @public */
export interface ChainDeployment {
  /** Key of the (fact, service) pair. */
  key: string;
  source: string;
  /** The sender's id. */
  id: string;
  environment: string;
  status: DeploymentStatus;
  kind: DeploymentKind;
  finishedAt: number;
  occurredAt: number;
  unplanned: boolean | null;
  fixesIncident: string | null;
  artifact: string | null;
  parts: readonly DeploymentPart[];
}

/** A commit as far as a walk needs it. @public */
export interface CommitNode {
  repository: string;
  sha: string;
  /** null: unknown, the walk ends here. */
  parents: readonly string[] | null;
  /** null: unknown, then it counts for every service of the repository. */
  paths: readonly string[] | null;
  title: string | null;
  bot: boolean;
}

/** A pull request as far as containment needs it. @public */
export interface PullRequestNode {
  repository: string;
  number: number;
  headSha: string | null;
  mergeSha: string | null;
  merged: boolean;
  commits: readonly string[];
}

/** What a chain run may look up; loaded by the store beforehand. @public */
export interface ChangeGraph {
  commit(repository: string, sha: string): CommitNode | undefined;
  /** Pull requests whose merge sha or one of whose commits this is. */
  pullRequestsOf(repository: string, sha: string): readonly PullRequestNode[];
  pullRequestByHeadSha(
    repository: string,
    sha: string,
  ): PullRequestNode | undefined;
  pullRequest(repository: string, number: number): PullRequestNode | undefined;
  /** Shas an artifact (purl) is known to be built from. */
  artifact(purl: string): readonly ShaRef[];
}

/** A commit by name. @public */
export interface ShaRef {
  repository: string;
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
  countMerges: boolean;
  countBots: boolean;
}

/** A commit in a deployment. @public */
export interface CoveredCommit extends ShaRef {
  coverage: Coverage;
}

/** A pull request a deployment brought first. @public */
export interface ContainedPullRequest {
  repository: string;
  number: number;
  method: LinkMethod;
}

/** What one successful deployment contains, and how that was found. @public */
export interface Containment {
  key: string;
  seed: boolean;
  method: LinkMethod;
  confidence: Confidence;
  /** Every commit that is deployed since, sorted. */
  commits: CoveredCommit[];
  pullRequests: ContainedPullRequest[];
  /** Commits it refers to that nobody has told about yet. */
  unknown: ShaRef[];
}

/** Order of a chain: finishedAt, then id, then source. @public */
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

/** Success or rolled back: it was in production. @public */
export function reachedProduction(status: DeploymentStatus): boolean {
  return status === 'success' || status === 'rolled_back';
}
