import type { Knex } from 'knex';
import {
  pushedCommits,
  type PushNode,
} from '@fawkes/backstage-plugin-delivery-common';
import {
  insertRows,
  pick,
  rowSource,
  rowsFrom,
  select,
} from '@fawkes/kit-backend/sql';
import type { Retold } from '../store/factTable';
import type { DirtyServices } from '../store/dirty';
import { tables, type Stored } from '../store/tables';
import { outdatePullRequests } from './pullRequestEffects';

/** Where a push is, or was, and what it lists. */
export interface Touched {
  repository: string;
  ref: string;
  shas: readonly string[];
}

const BRANCH = 'refs/heads/';
const NUMBER = { repository: 'text', number: 'int' } as const;
const REF = { repository: 'text', ref: 'text' } as const;

type Pull = Pick<
  Stored<'pullRequests'>,
  | 'repository'
  | 'number'
  | 'known'
  | 'commits'
  | 'head_sha'
  | 'merge_sha'
  | 'head_branch'
  | 'base_branch'
  | 'found'
  | 'found_by'
>;

/**
 * Finds again which commits pull requests are made of: those their sender lists,
 * else what was pushed to their branch. Whatever changes by it is stale.
 *
 * @param pushes - pushes that are told anew, as they were and as they are
 * @param told - pull requests that are told anew
 */
export async function findCommits(
  tx: Knex.Transaction,
  pushes: readonly Touched[],
  told: readonly Retold<'pull_request'>[],
  dirty: DirtyServices,
): Promise<void> {
  const names = new Map<string, { repository: string; number: number }>();
  const add = (list: ReadonlyArray<{ repository: string; number: number }>) =>
    list.forEach(({ repository, number }) =>
      names.set(`${repository}#${number}`, { repository, number }),
    );
  add(told.map(({ keyRow }) => keyRow));
  add(await pullsOfBranches(tx, pushes));
  add(await pullsCarried(tx, pushes));
  if (names.size === 0) return;

  const pulls: Pull[] = await select(
    tx('pull_requests').innerJoin(
      rowsFrom(tx, NUMBER, [...names.values()]),
      join =>
        join
          .on('k.repository', '=', 'pull_requests.repository')
          .on('k.number', '=', 'pull_requests.number'),
    ),
    tables.pullRequests,
    'repository',
    'number',
    'known',
    'commits',
    'head_sha',
    'merge_sha',
    'head_branch',
    'base_branch',
    'found',
    'found_by',
  );
  const found = await readPushes(tx, pulls);
  const indexed = await indexedOf(tx, pulls);
  const outdated: Pull[] = [];
  const rows: Array<
    Pick<Pull, 'repository' | 'number' | 'found' | 'found_by'>
  > = [];
  const fresh: Array<Stored<'pullRequestCommits'>> = [];
  const gone: Array<Stored<'pullRequestCommits'>> = [];
  for (const pull of pulls) {
    const { repository, number } = pull;
    const name = `${repository}#${number}`;
    const { shas, by } = commitsOf(pull, found);
    const own = indexed.get(name) ?? new Set<string>();
    for (const sha of shas) {
      if (!own.delete(sha)) fresh.push({ repository, number, sha });
    }
    for (const sha of own) gone.push({ repository, number, sha });
    const text =
      by === 'told' || shas.length === 0 ? null : JSON.stringify(shas);
    if (text !== pull.found || by !== pull.found_by) {
      rows.push({ repository, number, found: text, found_by: by });
      outdated.push(pull);
    }
  }
  await forget(tx, gone);
  await insertRows(tx, tables.pullRequestCommits, fresh, 'keep');
  await write(tx, rows);
  const moved = new Map<string, string[]>();
  for (const { repository, number, sha } of [...fresh, ...gone]) {
    const name = `${repository}#${number}`;
    moved.set(name, [...(moved.get(name) ?? []), sha]);
  }
  await outdatePullRequests(
    tx,
    outdated.map(pull => ({
      repository: pull.repository,
      number: pull.number,
      shas: [
        ...[pull.head_sha, pull.merge_sha].filter(sha => sha !== null),
        ...(moved.get(`${pull.repository}#${pull.number}`) ?? []),
      ],
    })),
    dirty,
  );
}

function commitsOf(
  pull: Pull,
  pushes: ReadonlyMap<string, readonly PushNode[]>,
): { shas: string[]; by: Pull['found_by'] } {
  if (pull.known !== 'known') return { shas: [], by: null };
  const told: string[] = JSON.parse(pull.commits);
  if (told.length > 0) return { shas: [...new Set(told)], by: 'told' };
  const { commits, missing } = pushedCommits(
    {
      headBranch: pull.head_branch,
      headSha: pull.head_sha,
      baseBranch: pull.base_branch,
    },
    pushes.get(`${pull.repository}#${pull.number}`) ?? [],
  );
  return { shas: commits, by: missing ?? 'pushes' };
}

/** Pull requests that come from a branch that was pushed. */
async function pullsOfBranches(
  tx: Knex.Transaction,
  pushes: readonly Touched[],
): Promise<Array<{ repository: string; number: number }>> {
  const branches = pushes.flatMap(({ repository, ref }) =>
    ref.startsWith(BRANCH)
      ? [{ repository, ref: ref.slice(BRANCH.length) }]
      : [],
  );
  if (branches.length === 0) return [];
  return tx('pull_requests')
    .innerJoin(rowsFrom(tx, REF, branches), join =>
      join
        .on('k.repository', '=', 'pull_requests.repository')
        .on('k.ref', '=', 'pull_requests.head_branch'),
    )
    .distinct('pull_requests.repository', 'pull_requests.number');
}

/** Pull requests to a branch that was pushed, if it carries what was pushed to theirs. */
async function pullsCarried(
  tx: Knex.Transaction,
  pushes: readonly Touched[],
): Promise<Array<{ repository: string; number: number }>> {
  const listed = pushes.flatMap(({ repository, ref, shas }) =>
    ref.startsWith(BRANCH)
      ? shas.map(sha => ({ repository, ref: ref.slice(BRANCH.length), sha }))
      : [],
  );
  if (listed.length === 0) return [];
  return tx('push_commits')
    .innerJoin(rowsFrom(tx, { ...REF, sha: 'text' }, listed), join =>
      join
        .on('k.repository', '=', 'push_commits.repository')
        .on('k.sha', '=', 'push_commits.sha'),
    )
    .innerJoin('pushes', 'pushes.fact_key', 'push_commits.fact_key')
    .innerJoin('pull_requests', join =>
      join
        .on('pull_requests.repository', '=', 'k.repository')
        .on(
          'pull_requests.head_branch',
          '=',
          tx.raw(`substr(pushes.ref, ${BRANCH.length + 1})`),
        )
        .on('pull_requests.base_branch', '=', 'k.ref'),
    )
    .distinct('pull_requests.repository', 'pull_requests.number');
}

type PushRow = Pick<
  Stored<'pushes'>,
  | 'repository'
  | 'ref'
  | 'before_sha'
  | 'after_sha'
  | 'forced'
  | 'created'
  | 'complete'
  | 'commits'
  | 'occurred_at'
>;

const PUSH_COLUMNS = [
  'repository',
  'ref',
  'before_sha',
  'after_sha',
  'forced',
  'created',
  'complete',
  'commits',
  'occurred_at',
] as const;

/** What was pushed to the branches of pull requests, and what of it to their base. */
async function readPushes(
  tx: Knex.Transaction,
  pulls: readonly Pull[],
): Promise<Map<string, PushNode[]>> {
  const untold = pulls.filter(
    ({ commits, head_branch }) => commits === '[]' && head_branch !== null,
  );
  const found = new Map<string, PushNode[]>();
  if (untold.length === 0) return found;
  const heads: PushRow[] = await select(
    tx('pushes')
      .innerJoin(
        rowsFrom(
          tx,
          REF,
          untold.map(({ repository, head_branch }) => ({
            repository,
            ref: `${BRANCH}${head_branch}`,
          })),
        ),
        join =>
          join
            .on('k.repository', '=', 'pushes.repository')
            .on('k.ref', '=', 'pushes.ref'),
      )
      .where('pushes.known', 'known')
      .distinct(),
    tables.pushes,
    ...PUSH_COLUMNS,
  );
  const byRef = new Map<string, PushRow[]>();
  for (const row of heads) {
    const name = `${row.repository} ${row.ref}`;
    byRef.set(name, [...(byRef.get(name) ?? []), row]);
  }
  const listed = untold.flatMap(({ repository, head_branch, base_branch }) =>
    (byRef.get(`${repository} ${BRANCH}${head_branch}`) ?? []).flatMap(
      ({ commits }) =>
        (JSON.parse(commits) as string[]).map(sha => ({
          repository,
          ref: `${BRANCH}${base_branch}`,
          sha,
        })),
    ),
  );
  const bases: PushRow[] =
    listed.length === 0
      ? []
      : await select(
          tx('push_commits')
            .innerJoin(rowsFrom(tx, { ...REF, sha: 'text' }, listed), join =>
              join
                .on('k.repository', '=', 'push_commits.repository')
                .on('k.sha', '=', 'push_commits.sha'),
            )
            .innerJoin('pushes', join =>
              join
                .on('pushes.fact_key', '=', 'push_commits.fact_key')
                .on('pushes.ref', '=', 'k.ref'),
            )
            .where('pushes.known', 'known')
            .distinct(),
          tables.pushes,
          ...PUSH_COLUMNS,
        );
  for (const row of bases) {
    const name = `${row.repository} ${row.ref}`;
    byRef.set(name, [...(byRef.get(name) ?? []), row]);
  }
  for (const { repository, number, head_branch, base_branch } of untold) {
    found.set(
      `${repository}#${number}`,
      [head_branch, base_branch].flatMap(branch =>
        (byRef.get(`${repository} ${BRANCH}${branch}`) ?? []).map(toPush),
      ),
    );
  }
  return found;
}

function toPush(row: PushRow): PushNode {
  return {
    ref: row.ref,
    before: row.before_sha,
    after: row.after_sha,
    forced: Boolean(row.forced),
    created: Boolean(row.created),
    complete: Boolean(row.complete),
    commits: JSON.parse(row.commits),
    at: row.occurred_at,
  };
}

/** The commits pull requests are found by so far. */
async function indexedOf(
  tx: Knex.Transaction,
  pulls: readonly Pull[],
): Promise<Map<string, Set<string>>> {
  const rows = await select(
    tx('pull_request_commits').innerJoin(
      rowsFrom(
        tx,
        NUMBER,
        pulls.map(({ repository, number }) => ({ repository, number })),
      ),
      join =>
        join
          .on('k.repository', '=', 'pull_request_commits.repository')
          .on('k.number', '=', 'pull_request_commits.number'),
    ),
    tables.pullRequestCommits,
  );
  const found = new Map<string, Set<string>>();
  for (const { repository, number, sha } of rows) {
    const name = `${repository}#${number}`;
    found.set(name, (found.get(name) ?? new Set()).add(sha));
  }
  return found;
}

async function forget(
  tx: Knex.Transaction,
  gone: ReadonlyArray<Stored<'pullRequestCommits'>>,
): Promise<void> {
  if (gone.length === 0) return;
  await tx('pull_request_commits')
    .whereIn(
      ['repository', 'sha', 'number'],
      tx
        .select('k.repository', 'k.sha', 'k.number')
        .from(rowsFrom(tx, tables.pullRequestCommits.columns, gone)),
    )
    .delete();
}

const FOUND = pick(
  tables.pullRequests,
  'repository',
  'number',
  'found',
  'found_by',
);

async function write(
  tx: Knex.Transaction,
  rows: ReadonlyArray<
    Pick<Pull, 'repository' | 'number' | 'found' | 'found_by'>
  >,
): Promise<void> {
  if (rows.length === 0) return;
  const source = rowSource(tx, FOUND.columns, rows);
  await tx.raw(
    `update pull_requests set found = k.found, found_by = k.found_by
      from ${source.sql} where pull_requests.repository = k.repository
        and pull_requests.number = k.number`,
    source.bindings,
  );
}
