import type { Knex } from 'knex';
import type {
  CommitNode,
  ShaRef,
} from '@fawkes/backstage-plugin-delivery-common';
import {
  isPostgres,
  jsonArrayValues,
  rawRows,
  rowsFrom,
  rowSource,
  select,
} from '@fawkes/kit-backend/sql';
import { tables, type Stored } from '../../store/tables';
import {
  linkOf,
  OF_CHAIN,
  rowsOfChains,
  type ChainName,
} from './deployedBefore';

/** Names a commit to join with. */
export const REF = { repository: 'text', sha: 'text' } as const;

/** A commit with the instants its links will carry. */
export interface CommitDetail extends CommitNode {
  authoredAt: number | null;
  committedAt: number | null;
  pushedAt: number | null;
}

/** Commits by `repository@sha`. */
export type Commits = Map<string, CommitDetail>;

const COLUMNS = [
  'repository',
  'sha',
  'parents',
  'paths',
  'title',
  'bot',
  'authored_at',
  'committed_at',
  'pushed_at',
] as const;

/**
 * The commits reached from some, for each chain, up to those it has deployed
 * before: one recursive query for all.
 *
 * @param starts - where to walk from, for each chain
 */
export async function walkBack(
  tx: Knex.Transaction,
  chains: readonly ChainName[],
  starts: ReadonlyArray<readonly ShaRef[]>,
): Promise<Commits[]> {
  const found = chains.map((): Commits => new Map());
  const from = rowsOfChains(chains, chain => starts[chain]);
  if (from.length === 0) return found;
  const notCovered = (of: string, sha: string) =>
    `(${linkOf('1', 'commit', of)} and links.repository = ${of}.repository
      and links.change_id = ${sha} limit 1) is null`;
  const source = rowSource(tx, { ...OF_CHAIN, ...REF }, from);
  const lateral = isPostgres(tx) ? 'cross join lateral' : 'cross join';
  // In this order: SQLite would rather go through all commits for each batch.
  const join = isPostgres(tx) ? 'join' : 'cross join';
  const rows = await rawRows<Row & { chain: number }>(
    tx,
    `with recursive walk(chain, service, environment, repository, sha) as (
      select k.chain, k.service, k.environment, k.repository, k.sha from ${
        source.sql
      }
      where ${notCovered('k', 'k.sha')}
      union
      select walk.chain, walk.service, walk.environment, walk.repository, parent.value
      from walk
      ${join} commits on commits.repository = walk.repository and commits.sha = walk.sha
      ${lateral} ${jsonArrayValues(
      tx,
      "coalesce(commits.parents, '[]')",
      'parent',
    )}
      where ${notCovered('walk', 'parent.value')}
    )
    select walk.chain, ${COLUMNS.map(name => `commits.${name}`).join(
      ', ',
    )} from walk
    ${join} commits on commits.repository = walk.repository and commits.sha = walk.sha
    where commits.known = 'known'`,
    source.bindings,
  );
  for (const row of rows) found[row.chain].set(...toEntry(row));
  return found;
}

/** Commits by name; those nobody has told are left out. */
export async function loadCommits(
  tx: Knex.Transaction,
  refs: readonly ShaRef[],
): Promise<Commits> {
  if (refs.length === 0) return new Map();
  const rows = await select(
    tx('commits')
      .innerJoin(rowsFrom(tx, REF, distinctRefs(refs)), join =>
        join
          .on('k.repository', '=', 'commits.repository')
          .on('k.sha', '=', 'commits.sha'),
      )
      .where('commits.known', 'known'),
    tables.commits,
    ...COLUMNS,
  );
  return new Map(rows.map(toEntry));
}

/** Each once. */
export function distinctRefs(refs: Iterable<ShaRef>): ShaRef[] {
  const byName = new Map<string, ShaRef>();
  for (const { repository, sha } of refs) {
    byName.set(`${repository}@${sha}`, { repository, sha });
  }
  return [...byName.values()];
}

/** `repository@sha`. */
export function nameOf({ repository, sha }: ShaRef): string {
  return `${repository}@${sha}`;
}

type Row = Pick<Stored<'commits'>, (typeof COLUMNS)[number]>;

function toEntry(row: Row): [string, CommitDetail] {
  return [
    nameOf(row),
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
  ];
}
