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
  'reverts',
  'bot',
  'bot_name',
  'authored_at',
  'committed_at',
  'pushed_at',
] as const;

/** What a walk reached, by `repository@sha`. */
export interface Reached {
  commits: Commits;
  /** What complete pushes say some of it reaches, told or not. */
  pushed: Map<string, string[]>;
}

/** A JSON array of all a commit is known to come after: parents, and what pushes say. */
export const BEHIND = `case
  when push_edges.reached is null then coalesce(commits.parents, '[]')
  when coalesce(commits.parents, '[]') = '[]' then push_edges.reached
  else substr(commits.parents, 1, length(commits.parents) - 1) || ',' || substr(push_edges.reached, 2)
end`;

/** Joins what is known of the commit a row of `of` names. */
export function knownOf(of: string): string {
  return `left join commits on commits.repository = ${of}.repository
      and commits.sha = ${of}.sha and commits.known = 'known'
    left join push_edges on push_edges.repository = ${of}.repository
      and push_edges.sha = ${of}.sha`;
}

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
): Promise<Reached[]> {
  const found = chains.map(
    (): Reached => ({ commits: new Map(), pushed: new Map() }),
  );
  const from = rowsOfChains(chains, chain => starts[chain]);
  if (from.length === 0) return found;
  const notCovered = (of: string, sha: string) =>
    `(${linkOf('1', 'commit', of)} and links.repository = ${of}.repository
      and links.change_id = ${sha} limit 1) is null`;
  const source = rowSource(tx, { ...OF_CHAIN, ...REF }, from);
  const lateral = isPostgres(tx) ? 'cross join lateral' : 'cross join';
  const rows = await rawRows<
    Row & {
      chain: number;
      at_repository: string;
      at_sha: string;
      reached: string | null;
    }
  >(
    tx,
    `with recursive walk(chain, service, environment, repository, sha) as (
      select k.chain, k.service, k.environment, k.repository, k.sha from ${
        source.sql
      }
      where ${notCovered('k', 'k.sha')}
      union
      select walk.chain, walk.service, walk.environment, walk.repository, parent.value
      from walk ${knownOf('walk')}
      ${lateral} ${jsonArrayValues(tx, BEHIND, 'parent')}
      where ${notCovered('walk', 'parent.value')}
    )
    select walk.chain, walk.repository as at_repository, walk.sha as at_sha,
      push_edges.reached, ${COLUMNS.map(name => `commits.${name}`).join(', ')}
    from walk ${knownOf('walk')}
    where commits.sha is not null or push_edges.reached is not null`,
    source.bindings,
  );
  for (const row of rows) {
    const { commits, pushed } = found[row.chain];
    if (row.sha) commits.set(...toEntry(row));
    if (row.reached) {
      pushed.set(`${row.at_repository}@${row.at_sha}`, JSON.parse(row.reached));
    }
  }
  return found;
}

/** What complete pushes say that commits reach, for those of which any does. */
export async function loadPushed(
  tx: Knex.Transaction,
  refs: readonly ShaRef[],
): Promise<Map<string, string[]>> {
  if (refs.length === 0) return new Map();
  const rows = await select(
    tx('push_edges').innerJoin(rowsFrom(tx, REF, distinctRefs(refs)), join =>
      join
        .on('k.repository', '=', 'push_edges.repository')
        .on('k.sha', '=', 'push_edges.sha'),
    ),
    tables.pushEdges,
  );
  return new Map(rows.map(row => [nameOf(row), JSON.parse(row.reached)]));
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
      reverts: row.reverts,
      bot: Boolean(row.bot),
      botName: row.bot_name,
      authoredAt: row.authored_at,
      committedAt: row.committed_at,
      pushedAt: row.pushed_at,
    },
  ];
}
