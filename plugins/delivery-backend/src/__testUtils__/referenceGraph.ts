import type {
  ChangeGraph,
  ChangeRow,
  CommitEvent,
  DeploymentEvent,
  PullRequestEvent,
  PullRequestNode,
  PushEvent,
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
  pushes: ReadonlyArray<{ record: PushEvent }>;
  pulls: ReadonlyArray<{ record: PullRequestEvent }>;
}): ReferenceGraph {
  const commits = new Map(
    facts.commits.map(({ record }) => [
      `${record.repository}@${record.sha}`,
      record,
    ]),
  );
  const pulls = facts.pulls
    .map(({ record }) => withCommits(record, facts.pushes))
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
  const pushed = (repository: string, sha: string) => {
    const shas = facts.pushes.flatMap(({ record }) =>
      record.repository === repository &&
      record.after === sha &&
      isComplete(record)
        ? [record.before!, ...record.commits]
        : [],
    );
    const others = [...new Set(shas)].filter(one => one !== sha);
    return others.length > 0 ? others : undefined;
  };
  const behind = (repository: string, sha: string) => [
    ...(commits.get(`${repository}@${sha}`)?.parents ?? []),
    ...(pushed(repository, sha) ?? []),
  ];
  return {
    pushed,
    isAncestor: (repository, sha, of) => {
      const seen = new Set<string>();
      const open = [...behind(repository, of)];
      for (let next = open.pop(); next; next = open.pop()) {
        if (next === sha) return sha !== of;
        if (seen.has(next)) continue;
        seen.add(next);
        open.push(...behind(repository, next));
      }
      return false;
    },
    commit: (repository, sha) => {
      const known = commits.get(`${repository}@${sha}`);
      return (
        known && {
          repository,
          sha,
          parents: known.parents ?? null,
          paths: known.paths ?? null,
          title: known.title ?? null,
          reverts: known.reverts ?? null,
          bot: known.bot ?? known.botName !== undefined,
          botName: known.botName ?? null,
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
      const pull = mainOf(ofSha(repository, sha));
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

function isComplete(push: PushEvent): boolean {
  return Boolean(push.complete && push.before && !push.forced && !push.created);
}

/** Of several the one merged first, else the one with the lowest number. */
function mainOf(
  pulls: readonly PullRequestEvent[],
): PullRequestEvent | undefined {
  const merged = pulls.filter(pull => pull.mergedAt !== undefined);
  return merged.length === 0
    ? pulls[0]
    : merged.reduce((a, b) => (b.mergedAt! < a.mergedAt! ? b : a));
}

/** What its sender does not list is read from the pushes to its branch. */
function withCommits(
  pull: PullRequestEvent,
  pushes: ReadonlyArray<{ record: PushEvent }>,
): PullRequestEvent {
  if (pull.commits.length > 0) return pull;
  const { repository, headBranch, headSha, baseBranch } = pull;
  const of = (branch: string | undefined) =>
    pushes
      .map(({ record }) => record)
      .filter(
        push =>
          push.repository === repository && push.ref === `refs/heads/${branch}`,
      );
  const found = new Set<string>();
  const seen = new Set<string>();
  let end: string | undefined = headSha;
  while (end && headBranch && !headBranch.includes(':') && !seen.has(end)) {
    seen.add(end);
    const ends: string = end;
    const push = of(headBranch)
      .filter(one => one.after === ends)
      .sort(
        (a, b) =>
          Date.parse(b.occurredAt) - Date.parse(a.occurredAt) ||
          ((b.before ?? '') < (a.before ?? '') ? -1 : 1),
      )[0];
    if (!push) break;
    for (const sha of push.commits) {
      const carried = of(baseBranch).some(
        base =>
          base.commits.includes(sha) &&
          Date.parse(base.occurredAt) < Date.parse(push.occurredAt),
      );
      if (!carried) found.add(sha);
    }
    if (push.created || push.forced || !push.complete) break;
    end = push.before;
  }
  return { ...pull, commits: [...found].sort() };
}

function toNode(pull: PullRequestEvent): PullRequestNode {
  return {
    repository: pull.repository,
    number: pull.number,
    headSha: pull.headSha,
    mergeSha: pull.mergeSha ?? null,
    mergedAt: at(pull.mergedAt),
    commits: pull.commits,
    labels: pull.labels,
    headBranch: pull.headBranch ?? null,
    title: pull.title ?? null,
    bot: pull.bot ?? pull.botName !== undefined,
    botName: pull.botName ?? null,
    reverts: pull.reverts ?? null,
  };
}

function earliest(instants: ReadonlyArray<string | undefined>): number | null {
  const known = instants.flatMap(instant => instant ?? []);
  return known.length > 0 ? Math.min(...known.map(Date.parse)) : null;
}

function at(instant: string | undefined): number | null {
  return instant === undefined ? null : Date.parse(instant);
}
