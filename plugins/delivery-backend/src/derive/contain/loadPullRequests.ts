import type { Knex } from 'knex';
import {
  squashedNumber,
  type PullRequestNode,
  type ShaRef,
} from '@fawkes/backstage-plugin-delivery-common';
import { rowsFrom } from '@fawkes/kit-backend/sql';
import type { Stored } from '../../store/tables';
import { distinctRefs, nameOf, REF, type CommitDetail } from './loadCommits';

/** A pull request with the instants its links will carry. */
export interface PullRequestDetail extends PullRequestNode {
  openedAt: number | null;
  readyAt: number | null;
  firstReviewAt: number | null;
  approvedAt: number | null;
}

/** Pull requests by `repository#number`. */
export type PullRequests = Map<string, PullRequestDetail>;

/** Commits whose pull requests are asked for. */
export interface PullRequestsOf {
  commits: Iterable<CommitDetail>;
  /** Commits of which only the name is known. */
  named: readonly ShaRef[];
  /** Pull requests that are asked for themselves. */
  numbers: ReadonlyArray<{ repository: string; number: number }>;
}

const NUMBER = { repository: 'text', number: 'int' } as const;

/**
 * Pull requests that any of the commits belongs to, for each question. They are
 * read for all questions together; no answer depends on what else was asked.
 */
export async function loadPullRequests(
  tx: Knex.Transaction,
  questions: readonly PullRequestsOf[],
): Promise<PullRequests[]> {
  const asked = questions.map(({ commits, named, numbers }) => {
    const list = [...commits];
    return {
      refs: distinctRefs([...list, ...named]),
      numbered: [
        ...numbers.map(({ repository, number }) => ({ repository, number })),
        ...list.flatMap(({ repository, title }) => {
          const number = squashedNumber(title);
          return number === null ? [] : [{ repository, number }];
        }),
      ],
    };
  });
  const pulls = await readPullRequests(
    tx,
    distinctRefs(asked.flatMap(({ refs }) => refs)),
    asked.flatMap(({ numbered }) => numbered),
  );
  const bySha = new Map<string, PullRequestDetail[]>();
  for (const pull of pulls.values()) {
    for (const sha of shasOf(pull)) {
      const name = nameOf({ repository: pull.repository, sha });
      bySha.set(name, [...(bySha.get(name) ?? []), pull]);
    }
  }
  return asked.map(({ refs, numbered }) => {
    const own = [
      ...refs.flatMap(ref => bySha.get(nameOf(ref)) ?? []),
      ...numbered.flatMap(ref => pulls.get(numberOf(ref)) ?? []),
    ];
    return new Map(own.map(pull => [numberOf(pull), pull]));
  });
}

function shasOf({ headSha, mergeSha, commits }: PullRequestDetail) {
  return new Set([headSha, mergeSha, ...commits].filter(sha => sha !== null));
}

function numberOf(pull: { repository: string; number: number }): string {
  return `${pull.repository}#${pull.number}`;
}

async function readPullRequests(
  tx: Knex.Transaction,
  refs: readonly ShaRef[],
  numbers: ReadonlyArray<{ repository: string; number: number }>,
): Promise<PullRequests> {
  if (refs.length === 0 && numbers.length === 0) return new Map();
  const columns = ['pull_requests.*'];
  const joinOn = (column: string) =>
    tx('pull_requests')
      .innerJoin(rowsFrom(tx, REF, refs), join =>
        join
          .on('k.repository', '=', 'pull_requests.repository')
          .on('k.sha', '=', `pull_requests.${column}`),
      )
      .select(columns);
  const found: Array<Stored<'pullRequests'>> = [
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
    ...(numbers.length > 0
      ? await tx('pull_requests')
          .innerJoin(rowsFrom(tx, NUMBER, numbers), join =>
            join
              .on('k.repository', '=', 'pull_requests.repository')
              .on('k.number', '=', 'pull_requests.number'),
          )
          .select(columns)
      : []),
  ];
  return new Map(
    found
      .filter(row => row.known === 'known')
      .map(row => [numberOf(row), toPullRequest(row)]),
  );
}

function toPullRequest(row: Stored<'pullRequests'>): PullRequestDetail {
  return {
    repository: row.repository,
    number: row.number,
    // It is known, so its sender named it.
    headSha: row.head_sha!,
    mergeSha: row.merge_sha,
    commits: JSON.parse(row.found ?? row.commits),
    labels: JSON.parse(row.labels),
    headBranch: row.head_branch,
    title: row.title,
    bot: Boolean(row.bot),
    botName: row.bot_name,
    reverts: row.reverts,
    openedAt: row.opened_at,
    readyAt: row.ready_at,
    firstReviewAt: row.first_review_at,
    approvedAt: row.approved_at,
    mergedAt: row.merged_at,
  };
}
