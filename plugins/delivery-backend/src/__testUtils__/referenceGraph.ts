import type {
  ChangeGraph,
  ChangeRow,
  CommitEvent,
  DeploymentEvent,
  PullRequestEvent,
  PullRequestNode,
} from '@fawkes/backstage-plugin-delivery-common';
import type { LeadStart } from '../store/metricRows';

interface ChangeFields {
  unit: 'commit' | 'pull_request';
  startedAt: null;
  stages: ChangeRow['stages'];
  starts: Record<LeadStart, number | null>;
}

/** The complete graph, with what a change's row would say. */
export interface ReferenceGraph extends ChangeGraph {
  commitRow(repository: string, sha: string): ChangeFields;
  pullRow(repository: string, number: number): ChangeFields;
}

/** Everything that is known of changes, looked up by going through all of it. */
export function graphOf(facts: {
  deployments: ReadonlyArray<{ record: DeploymentEvent }>;
  commits: ReadonlyArray<{ record: CommitEvent }>;
  pulls: ReadonlyArray<{ record: PullRequestEvent }>;
}): ReferenceGraph {
  const commits = new Map(
    facts.commits.map(({ record }) => [
      `${record.repository}@${record.sha}`,
      record,
    ]),
  );
  const pulls = facts.pulls
    .map(({ record }) => record)
    .sort((a, b) => a.number - b.number);
  const ofSha = (repository: string, sha: string) =>
    pulls.filter(
      pull =>
        pull.repository === repository &&
        (pull.mergeSha === sha || pull.commits.includes(sha)),
    );
  const ofNumber = (repository: string, number: number) =>
    pulls.find(
      pull => pull.repository === repository && pull.number === number,
    );
  return {
    commit: (repository, sha) => {
      const known = commits.get(`${repository}@${sha}`);
      return (
        known && {
          repository,
          sha,
          parents: known.parents,
          paths: known.paths ?? null,
          title: known.title ?? null,
          bot: known.bot ?? false,
        }
      );
    },
    pullRequestsOf: (repository, sha) => ofSha(repository, sha).map(toNode),
    pullRequestByHeadSha: (repository, sha) =>
      pulls
        .filter(pull => pull.repository === repository && pull.headSha === sha)
        .map(toNode)[0],
    pullRequest: (repository, number) => {
      const known = ofNumber(repository, number);
      return known && toNode(known);
    },
    artifact: purl => {
      const built = facts.deployments.flatMap(({ record }) =>
        record.artifact === purl
          ? (record.parts ?? [record]).flatMap(({ repository, sha }) =>
              repository && sha ? [{ repository, sha }] : [],
            )
          : [],
      );
      const names = built.map(ref => `${ref.repository}@${ref.sha}`);
      return built.filter(
        (ref, index) => names.indexOf(`${ref.repository}@${ref.sha}`) === index,
      );
    },
    commitRow: (repository, sha) => {
      const pull = ofSha(repository, sha)[0];
      const known = commits.get(`${repository}@${sha}`);
      return rowOf('commit', known ? [known] : [], pull);
    },
    pullRow: (repository, number) => {
      const pull = ofNumber(repository, number)!;
      const known = pull.commits.flatMap(
        sha => commits.get(`${repository}@${sha}`) ?? [],
      );
      return rowOf('pull_request', known, pull);
    },
  };
}

function rowOf(
  unit: ChangeFields['unit'],
  commits: readonly CommitEvent[],
  pull: PullRequestEvent | undefined,
): ChangeFields {
  return {
    unit,
    startedAt: null,
    stages: {
      openedAt: at(pull?.openedAt),
      readyAt: at(pull?.readyAt),
      firstReviewAt: at(pull?.firstReviewAt),
      approvedAt: at(pull?.approvedAt),
      mergedAt: at(pull?.mergedAt),
    },
    starts: {
      committed: earliest(commits.map(commit => commit.committedAt)),
      authored: earliest(commits.map(commit => commit.authoredAt)),
      pushed: earliest(commits.map(commit => commit.pushedAt)),
      opened: at(pull?.openedAt),
      merged: at(pull?.mergedAt),
    },
  };
}

function toNode(pull: PullRequestEvent): PullRequestNode {
  return {
    repository: pull.repository,
    number: pull.number,
    headSha: pull.headSha,
    mergeSha: pull.mergeSha ?? null,
    merged: pull.mergedAt !== undefined,
    commits: pull.commits,
  };
}

function earliest(instants: ReadonlyArray<string | undefined>): number | null {
  const known = instants.flatMap(instant => instant ?? []);
  return known.length > 0 ? Math.min(...known.map(Date.parse)) : null;
}

function at(instant: string | undefined): number | null {
  return instant === undefined ? null : Date.parse(instant);
}
