import type { ShaRef } from '@fawkes/backstage-plugin-delivery-common';
import {
  isPostgres,
  jsonArrayValues,
  rawRows,
  rowSource,
} from '@fawkes/kit-backend/sql';
import type { Knex } from 'knex';
import { BEHIND, knownOf } from './loadCommits';

/** A commit that is deployed where another one runs. */
export interface Succession extends ShaRef {
  /** What runs. */
  runs: string;
}

/** A succession as one text. */
export function successionName({ repository, sha, runs }: Succession): string {
  return `${repository}@${sha}<${runs}`;
}

/**
 * How far back a commit is looked for: whoever rolls back further is not seen
 * to. Without a bound, each deployment of an older branch would read all of a
 * history.
 */
const MOST_COMMITS = 5_000;

/**
 * The successions that go back: what is deployed is an ancestor of what runs.
 * One question for all of them, in which each walks for itself, because the
 * bound is each one's own.
 */
export async function findAncestors(
  tx: Knex.Transaction,
  successions: readonly Succession[],
): Promise<Set<string>> {
  const asked = [
    ...new Map(successions.map(one => [successionName(one), one])).values(),
  ];
  if (asked.length === 0) return new Set();
  const source = rowSource(
    tx,
    { number: 'int', repository: 'text', sha: 'text', runs: 'text' },
    asked.map(({ repository, sha, runs }, number) => ({
      number,
      repository,
      sha,
      runs,
    })),
  );
  const lateral = isPostgres(tx) ? 'cross join lateral' : 'cross join';
  const rows = await rawRows<{ number: number }>(
    tx,
    `select k.number from ${source.sql} where exists (
      with recursive walk(repository, sha) as (
        select k.repository, k.runs
        union
        select walk.repository, parent.value
        from walk ${knownOf('walk')}
        ${lateral} ${jsonArrayValues(tx, BEHIND, 'parent')}
        where walk.sha <> k.sha
      )
      select 1 from (select sha from walk limit ${MOST_COMMITS}) as near
      where near.sha = k.sha)`,
    source.bindings,
  );
  return new Set(rows.map(({ number }) => successionName(asked[number])));
}
