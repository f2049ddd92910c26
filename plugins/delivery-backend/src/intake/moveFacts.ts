import {
  factKeyOfChange,
  placeFact,
  resolveFact,
  type FactState,
} from '@fawkes/backstage-plugin-delivery-common';
import { sha256 } from '@fawkes/kit-backend/sql';
import type { Knex } from 'knex';
import { decodeState, encodeState } from '../store/factState';
import {
  joinInto,
  nameOf,
  readStates,
  rewrite,
  toRow,
  type FactTable,
  type KeyRow,
  type Retold,
  type Values,
} from '../store/factTable';
import { told } from '../store/factTables';
import { NO_NAMES } from '../store/repositoryNames';
import type { NamesChange } from './nameRepositories';

/** Facts that are about a commit, a push or a pull request of a repository. */
export type ChangeType = 'commit' | 'push' | 'pull_request';

/** Rows whose states are in memory at the same time. */
const SOME_ROWS = 1_000;

/** The key of a change that is kept under some name of its repository. */
export function keyOfChange(
  type: ChangeType,
  repository: string,
  state: FactState,
): string {
  const key = factKeyOfChange(type, repository, told(state));
  // Commits and pull requests are kept under repository and sha or number.
  return type === 'push' ? sha256(key) : key;
}

/**
 * Puts changes of repositories where these are kept since their names have come
 * to mean something else: what was told of one under two names is joined, what
 * was joined and is of two is told apart again.
 *
 * @returns the facts that changed; those that are gone as never told
 */
export async function moveFacts<T extends ChangeType>(
  tx: Knex.Transaction,
  table: FactTable<T>,
  { names, changed, repositories }: NamesChange,
): Promise<Retold<T>[]> {
  const { name: of, keys } = table.table;
  const changes: Retold<T>[] = [];
  for (const repository of repositories) {
    // Under another name than those that changed lies much that stays there.
    const found = (await tx(of)
      .where({ repository })
      .modify(query => {
        if (!changed.has(repository)) query.where('state', 'like', '%"r":"%');
      })
      .orderBy([...keys])
      .select(...keys)) as Array<KeyRow<T>>;
    for (let start = 0; start < found.length; start += SOME_ROWS) {
      const rows = found.slice(start, start + SOME_ROWS);
      const states = await readStates(tx, table, rows);
      const kept: Values[] = [];
      const gone: Array<KeyRow<T>> = [];
      const moved = new Map<string, FactState>();
      for (const keyRow of rows) {
        const text = states.get(nameOf(table, keyRow))!;
        const before = decodeState(table.type, text);
        const placed = placeFact(before, (name, at) =>
          names.at(name, Date.parse(at)),
        );
        const after = placed.get(repository);
        if (after && encodeState(after) === text) continue;
        placed.delete(repository);
        for (const [name, state] of placed) {
          moved.set(keyOfChange(table.type, name, state), state);
        }
        if (after) kept.push(toRow(table, keyRow, after));
        else gone.push(keyRow);
        changes.push({
          key: String(keyRow.fact_key ?? nameOf(table, keyRow)),
          keyRow,
          before: resolveFact<T>(before),
          after: after
            ? resolveFact<T>(after)
            : { status: 'incomplete', missing: [] },
        });
      }
      await rewrite(tx, table, kept, gone);
      changes.push(...(await joinInto(tx, table, moved, NO_NAMES)));
    }
  }
  return asOne(table, changes);
}

/** What several names brought to one fact is one change of it. */
function asOne<T extends ChangeType>(
  table: FactTable<T>,
  changes: ReadonlyArray<Retold<T>>,
): Retold<T>[] {
  const byName = new Map<string, Retold<T>>();
  for (const change of changes) {
    const name = nameOf(table, change.keyRow);
    const first = byName.get(name);
    byName.set(name, first ? { ...change, before: first.before } : change);
  }
  return [...byName.values()];
}
