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

/** The successions that go back: what is deployed is an ancestor of what runs. */
export async function findAncestors(
  tx: Knex.Transaction,
  successions: readonly Succession[],
): Promise<Set<string>> {
  const found = new Set<string>();
  const asked = new Map(successions.map(one => [successionName(one), one]));
  for (const [name, { repository, sha, runs }] of asked) {
    if (await isBehind(tx, repository, sha, runs)) found.add(name);
  }
  return found;
}

async function isBehind(
  tx: Knex.Transaction,
  repository: string,
  sha: string,
  runs: string,
): Promise<boolean> {
  const source = rowSource(tx, { repository: 'text', sha: 'text' }, [
    { repository, sha: runs },
  ]);
  const lateral = isPostgres(tx) ? 'cross join lateral' : 'cross join';
  const rows = await rawRows<{ sha: string }>(
    tx,
    `with recursive walk(repository, sha) as (
      select k.repository, k.sha from ${source.sql}
      union
      select walk.repository, parent.value
      from walk ${knownOf('walk')}
      ${lateral} ${jsonArrayValues(tx, BEHIND, 'parent')}
      where walk.sha <> ?
    )
    select sha from (select sha from walk limit ${MOST_COMMITS}) as near where sha = ?`,
    [...source.bindings, sha, sha],
  );
  return rows.length > 0;
}
