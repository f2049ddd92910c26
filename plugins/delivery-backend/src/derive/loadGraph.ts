import type { Knex } from 'knex';
import type {
  ChangeGraph,
  CommitNode,
  Coverage,
  PullRequestNode,
  ShaRef,
} from '@fawkes/backstage-plugin-delivery-common';
import {
  isPostgres,
  jsonArrayValues,
  rawRows,
  rowsFrom,
  rowSource,
} from '../store/dialect';
import { artifactGuards, guard } from '../store/guards';
import { linkOf, loadBrought, loadCoverage } from './deployedBefore';

const REF = { repository: 'text', sha: 'text' } as const;

/** A commit with the instants its links will carry. */
export interface CommitDetail extends CommitNode {
  authoredAt: number | null;
  committedAt: number | null;
  pushedAt: number | null;
}

/** A pull request with the instants its links will carry. */
export interface PullRequestDetail extends PullRequestNode {
  openedAt: number | null;
  readyAt: number | null;
  firstReviewAt: number | null;
  approvedAt: number | null;
  mergedAt: number | null;
}

/** The part of history one chain run needs, in memory. */
export interface LoadedGraph extends ChangeGraph {
  commit(repository: string, sha: string): CommitDetail | undefined;
  pullRequestsOf(repository: string, sha: string): readonly PullRequestDetail[];
  pullRequest(
    repository: string,
    number: number,
  ): PullRequestDetail | undefined;
  coverage(repository: string, sha: string): Coverage | undefined;
  brought(repository: string, number: number): boolean;
}

/**
 * Loads what a chain run from some deployment on can reach: one recursive query
 * from all heads at once that stops at commits the chain has deployed before.
 *
 * @param heads - shas of the deployments of the run
 * @param listed - shas their explicit lists name
 * @param artifacts - purls of deployments that tell no sha
 */
export async function loadGraph(
  tx: Knex.Transaction,
  chain: { service: string; environment: string },
  heads: readonly ShaRef[],
  listed: readonly ShaRef[],
  artifacts: readonly string[],
): Promise<LoadedGraph> {
  const built = await loadArtifacts(tx, artifacts);
  const starts = [...heads, ...[...built.values()].flat()];
  const commits = await walkBack(tx, chain, starts);
  // What a list names counts whether or not a walk meets it, and its title may
  // tell the pull request it was squashed from.
  const told = await loadCommits(
    tx,
    listed.filter(ref => !commits.has(nameOf(ref))),
  );
  const pulls = await loadPullRequests(tx, new Map([...commits, ...told]), [
    ...starts,
    ...listed,
  ]);
  if (starts.some(ref => !commits.has(nameOf(ref)))) {
    // Such a head is explained by its pull request, whose commits then count:
    // they have to bring the other pull requests they belong to.
    const named = [...pulls.values()].flatMap(({ repository, commits: shas }) =>
      shas.map(sha => ({ repository, sha })),
    );
    const others = await loadPullRequests(
      tx,
      await loadCommits(tx, named),
      named,
    );
    for (const [name, pull] of others) pulls.set(name, pull);
  }

  const outside = new Map<string, ShaRef>();
  const ask = (ref: ShaRef) => {
    const name = nameOf(ref);
    if (!commits.has(name)) outside.set(name, ref);
  };
  starts.forEach(ask);
  listed.forEach(ask);
  for (const commit of commits.values()) {
    for (const sha of commit.parents ?? []) {
      ask({ repository: commit.repository, sha });
    }
  }
  for (const pull of pulls.values()) {
    for (const sha of pull.commits) ask({ repository: pull.repository, sha });
    if (pull.mergeSha) {
      ask({ repository: pull.repository, sha: pull.mergeSha });
    }
  }
  const outsiders = [...outside.values()];
  const coverage = await loadCoverage(tx, chain, [
    ...outsiders,
    ...listed.filter(ref => commits.has(nameOf(ref))),
  ]);
  // Also those deployed before: a redeploy finds its head among them.
  const named = await loadCommits(tx, outsiders);
  for (const [name, commit] of named) commits.set(name, commit);
  const brought = await loadBrought(tx, chain, [...pulls.values()]);
  return index(commits, pulls, built, coverage, brought);
}

function index(
  commits: Map<string, CommitDetail>,
  pulls: Map<string, PullRequestDetail>,
  built: Map<string, ShaRef[]>,
  coverage: Map<string, Coverage>,
  brought: Set<string>,
): LoadedGraph {
  const bySha = new Map<string, PullRequestDetail[]>();
  const byHead = new Map<string, PullRequestDetail>();
  for (const pull of pulls.values()) {
    const shas = new Set(pull.commits);
    if (pull.mergeSha) shas.add(pull.mergeSha);
    for (const sha of shas) {
      const name = `${pull.repository}@${sha}`;
      bySha.set(name, [...(bySha.get(name) ?? []), pull]);
    }
    if (pull.headSha) {
      const name = `${pull.repository}@${pull.headSha}`;
      const known = byHead.get(name);
      if (!known || pull.number < known.number) byHead.set(name, pull);
    }
  }
  for (const list of bySha.values()) list.sort((a, b) => a.number - b.number);
  return {
    commit: (repository, sha) => commits.get(`${repository}@${sha}`),
    pullRequestsOf: (repository, sha) =>
      bySha.get(`${repository}@${sha}`) ?? [],
    pullRequestByHeadSha: (repository, sha) =>
      byHead.get(`${repository}@${sha}`),
    pullRequest: (repository, number) => pulls.get(`${repository}#${number}`),
    artifact: purl => built.get(purl) ?? [],
    coverage: (repository, sha) => coverage.get(`${repository}@${sha}`),
    brought: (repository, number) => brought.has(`${repository}#${number}`),
  };
}

const COMMIT_COLUMNS = [
  'commits.repository',
  'commits.sha',
  'commits.parents',
  'commits.paths',
  'commits.title',
  'commits.squash_number',
  'commits.bot',
  'commits.authored_at',
  'commits.committed_at',
  'commits.pushed_at',
];

async function walkBack(
  tx: Knex.Transaction,
  chain: { service: string; environment: string },
  starts: readonly ShaRef[],
): Promise<Map<string, CommitDetail>> {
  if (starts.length === 0) return new Map();
  const notCovered = (repository: string, sha: string) =>
    `(${linkOf('1', 'commit')} and links.repository = ${repository}
      and links.change_id = ${sha} limit 1) is null`;
  const source = rowSource(tx, REF, starts);
  const lateral = isPostgres(tx) ? 'cross join lateral' : 'cross join';
  const sql = `
    with recursive walk(repository, sha) as (
      select k.repository, k.sha from ${source.sql}
      where ${notCovered('k.repository', 'k.sha')}
      union
      select walk.repository, parent.value
      from walk
      join commits on commits.repository = walk.repository and commits.sha = walk.sha
      ${lateral} ${jsonArrayValues(
    tx,
    "coalesce(commits.parents, '[]')",
    'parent',
  )}
      where ${notCovered('walk.repository', 'parent.value')}
    )
    select ${COMMIT_COLUMNS.join(', ')} from walk
    join commits on commits.repository = walk.repository and commits.sha = walk.sha
    where commits.known = 'known'`;
  const bindings = [
    ...source.bindings,
    chain.service,
    chain.environment,
    chain.service,
    chain.environment,
  ];
  return toCommits(await rawRows(tx, sql, bindings));
}

async function loadCommits(
  tx: Knex.Transaction,
  refs: readonly ShaRef[],
): Promise<Map<string, CommitDetail>> {
  if (refs.length === 0) return new Map();
  const rows = await tx('commits')
    .innerJoin(rowsFrom(tx, REF, refs), join =>
      join
        .on('k.repository', '=', 'commits.repository')
        .on('k.sha', '=', 'commits.sha'),
    )
    .where('commits.known', 'known')
    .select(COMMIT_COLUMNS);
  return toCommits(rows);
}

function toCommits(
  rows: ReadonlyArray<Record<string, never>>,
): Map<string, CommitDetail> {
  return new Map(
    rows.map(row => [
      `${row.repository}@${row.sha}`,
      {
        repository: row.repository,
        sha: row.sha,
        parents: row.parents ? JSON.parse(row.parents) : null,
        paths: row.paths ? JSON.parse(row.paths) : null,
        title: row.title,
        bot: Boolean(row.bot),
        authoredAt: row.authored_at,
        committedAt: row.committed_at,
        pushedAt: row.pushed_at,
      },
    ]),
  );
}

/** Pull requests that any of the commits belongs to. */
async function loadPullRequests(
  tx: Knex.Transaction,
  commits: ReadonlyMap<string, CommitDetail>,
  named: readonly ShaRef[],
): Promise<Map<string, PullRequestDetail>> {
  const refs = [
    ...new Map(
      [...commits.values(), ...named].map(({ repository, sha }) => [
        `${repository}@${sha}`,
        { repository, sha },
      ]),
    ).values(),
  ];
  const squashed = [...commits.values()].flatMap(({ repository, title }) => {
    const match = /\(#(\d{1,9})\)\s*$/.exec(title ?? '');
    return match ? [{ repository, number: Number(match[1]) }] : [];
  });
  const pulls = new Map<string, PullRequestDetail>();
  if (refs.length === 0) return pulls;
  const columns = ['pull_requests.*'];
  const joinOn = (column: string) =>
    tx('pull_requests')
      .innerJoin(rowsFrom(tx, REF, refs), join =>
        join
          .on('k.repository', '=', 'pull_requests.repository')
          .on('k.sha', '=', `pull_requests.${column}`),
      )
      .select(columns);
  const found = [
    ...(await joinOn('merge_sha')),
    ...(await joinOn('head_sha')),
    ...(await tx('pull_request_commits')
      .innerJoin(rowsFrom(tx, REF, refs), join =>
        join
          .on('k.repository', '=', 'pull_request_commits.repository')
          .on('k.sha', '=', 'pull_request_commits.sha'),
      )
      .innerJoin('pull_requests', join =>
        join
          .on(
            'pull_requests.repository',
            '=',
            'pull_request_commits.repository',
          )
          .on('pull_requests.number', '=', 'pull_request_commits.number'),
      )
      .select(columns)),
    ...(squashed.length > 0
      ? await tx('pull_requests')
          .innerJoin(
            rowsFrom(tx, { repository: 'text', number: 'int' }, squashed),
            join =>
              join
                .on('k.repository', '=', 'pull_requests.repository')
                .on('k.number', '=', 'pull_requests.number'),
          )
          .select(columns)
      : []),
  ];
  for (const row of found) {
    if (row.known !== 'known') continue;
    pulls.set(`${row.repository}#${row.number}`, {
      repository: row.repository,
      number: row.number,
      headSha: row.head_sha,
      mergeSha: row.merge_sha,
      merged: row.merged_at !== null,
      commits: JSON.parse(row.commits),
      openedAt: row.opened_at,
      readyAt: row.ready_at,
      firstReviewAt: row.first_review_at,
      approvedAt: row.approved_at,
      mergedAt: row.merged_at,
    });
  }
  return pulls;
}

async function loadArtifacts(
  tx: Knex.Transaction,
  artifacts: readonly string[],
): Promise<Map<string, ShaRef[]>> {
  const built = new Map<string, ShaRef[]>();
  if (artifacts.length === 0) return built;
  await guard(tx, artifactGuards(artifacts), 'shared');
  const rows = await tx('deployment_facts')
    .innerJoin(
      'deployment_parts',
      'deployment_parts.fact_key',
      'deployment_facts.fact_key',
    )
    .whereIn('artifact', [...new Set(artifacts)])
    .where('known', 'known')
    .whereNotNull('sha')
    .distinct('artifact', 'repository', 'sha')
    .orderBy(['artifact', 'repository', 'sha']);
  await guard(
    tx,
    rows.map(row => row.repository),
    'shared',
  );
  for (const { artifact, repository, sha } of rows) {
    built.set(artifact, [...(built.get(artifact) ?? []), { repository, sha }]);
  }
  return built;
}

function nameOf({ repository, sha }: ShaRef): string {
  return `${repository}@${sha}`;
}
