import type { Knex } from 'knex';
import {
  joinFacts,
  resolveFact,
  sourceOfTeller,
  type RepositoryNames,
  type FactEvents,
  type FactState,
  type FactType,
  type ResolvedFact,
} from '@fawkes/backstage-plugin-delivery-common';
import { canonicalJson, compareText } from '@fawkes/kit-contract';
import {
  columnsOf,
  forUpdate,
  insertRows,
  omit,
  pick,
  rowsFrom,
  select,
  type Columns,
  type NewRow,
  type Table,
} from '@fawkes/kit-backend/sql';
import { decodeState, encodeState } from './factState';
import { NO_NAMES, withNames } from './repositoryNames';
import type { Stored } from './tables';

/** How one type of fact is kept. */
export interface FactTable<T extends FactType> {
  type: T;
  table: Table;
  /** The key columns' values, from the key of a state. */
  keyRow(state: FactState, key: string): KeyRow<T>;
  /** Everything but key, state and known, from the resolved record. */
  row(
    record: Partial<FactEvents[T]>,
    state: FactState,
    resolved: ResolvedFact<T>,
  ): Values;
}

/** Values of columns. */
export type Values = Record<string, string | number | boolean | Buffer | null>;

/** What changes are found by; other facts have one key. */
interface ChangeKeys {
  commit: Pick<Stored<'commits'>, 'repository' | 'sha'>;
  pull_request: Pick<Stored<'pullRequests'>, 'repository' | 'number'>;
}

/** The values of the key columns of a fact. */
export type KeyRow<T extends FactType> = Values &
  (T extends keyof ChangeKeys ? ChangeKeys[T] : { fact_key: string });

/** Columns that every fact has besides its key. */
type OfEveryFact = 'state' | 'known';

/** Writes down how a type of fact is kept, in columns the table has. */
export function factTable<
  T extends FactType,
  C extends Columns,
  K extends keyof C & string,
>(kept: {
  type: T;
  table: Table<C>;
  keyRow(state: FactState, key: string): Pick<NewRow<C>, K>;
  row(
    record: Partial<FactEvents[T]>,
    state: FactState,
    resolved: ResolvedFact<T>,
  ): Omit<NewRow<C>, K | OfEveryFact>;
}): FactTable<T> {
  return kept as unknown as FactTable<T>;
}

/** A fact that claims have told anew, or for the first time. */
export interface Retold<T extends FactType> {
  key: string;
  keyRow: KeyRow<T>;
  before: ResolvedFact<T> | undefined;
  after: ResolvedFact<T>;
}

/**
 * Joins states into a table. Most facts are told for the first time, so they
 * are inserted; those that were there already are locked and joined.
 *
 * @param states - by key, one per fact
 * @param names - what repositories are called that are not in the key of a fact
 * @param anew - rows are written again whose state is the same: their columns
 *   may be older than it
 * @returns only the facts that changed, or were written again
 */
export async function joinInto<T extends FactType>(
  tx: Knex.Transaction,
  table: FactTable<T>,
  states: ReadonlyMap<string, FactState>,
  names: RepositoryNames,
  anew: boolean = false,
): Promise<Retold<T>[]> {
  const changes: Retold<T>[] = [];
  // In one order everywhere, so that transactions wait for each other instead
  // of locking each other out.
  let open = [...states.entries()]
    .map(([key, state]): Entry<T> => {
      const keyRow = table.keyRow(state, key);
      return { key, state, keyRow, name: nameOf(table, keyRow) };
    })
    .sort((a, b) => compareText(a.name, b.name));
  while (open.length > 0) {
    const inserted = await insertNew(tx, table, open, names);
    changes.push(
      ...open
        .filter(({ name }) => inserted.has(name))
        .map(({ key, keyRow, state }) => ({
          key,
          keyRow,
          before: undefined,
          after: withNames(resolveFact<T>(state), names),
        })),
    );
    const known = open.filter(({ name }) => !inserted.has(name));
    const existing = await readStates(
      tx,
      table,
      known.map(({ keyRow }) => keyRow),
    );
    changes.push(...(await joinKnown(tx, table, known, existing, names, anew)));
    // What was removed in between is new after all.
    open = known.filter(({ name }) => !existing.has(name));
  }
  return changes;
}

/** A state with the place it has in its table. */
interface Entry<T extends FactType> {
  key: string;
  state: FactState;
  keyRow: KeyRow<T>;
  /** The key columns as one text. */
  name: string;
}

/** Inserts those that are not there; returns their names. */
async function insertNew<T extends FactType>(
  tx: Knex.Transaction,
  table: FactTable<T>,
  entries: ReadonlyArray<Entry<T>>,
  names: RepositoryNames,
): Promise<Set<string>> {
  const inserted = await insertRows(
    tx,
    table.table,
    entries.map(({ keyRow, state }) => toRow(table, keyRow, state, names)),
    'keep',
    table.table.keys,
  );
  return new Set(inserted.map(row => nameOf(table, row)));
}

/** Joins what is told with what is known; returns what changed by it. */
async function joinKnown<T extends FactType>(
  tx: Knex.Transaction,
  table: FactTable<T>,
  entries: ReadonlyArray<Entry<T>>,
  existing: ReadonlyMap<string, string>,
  names: RepositoryNames,
  anew: boolean,
): Promise<Retold<T>[]> {
  const changes: Retold<T>[] = [];
  const updates: Values[] = [];
  for (const { key, keyRow, name, state } of entries) {
    const found = existing.get(name);
    if (found === undefined) continue;
    const before = decodeState(table.type, found);
    const joined = joinFacts(before, state);
    const isSame =
      encodeState(joined) === found ||
      canonicalJson(joined) === canonicalJson(before);
    if (isSame && !anew) continue;
    updates.push(toRow(table, keyRow, joined, names));
    changes.push({
      key,
      keyRow,
      before: withNames(resolveFact<T>(before), names),
      after: withNames(resolveFact<T>(joined), names),
    });
  }
  await insertRows(tx, table.table, updates, {
    update: columnsOf(omit(table.table, ...table.table.keys)),
  });
  return changes;
}

/** Rows whose states are in memory at the same time. */
const SOME_ROWS = 1_000;

/**
 * Takes back what one source told of the facts of a table. Those it told alone
 * are deleted.
 *
 * @returns the facts that changed; those that are gone as never told
 */
export async function withoutSource<T extends FactType>(
  tx: Knex.Transaction,
  table: FactTable<T>,
  source: string,
): Promise<Retold<T>[]> {
  const { name: of, keys } = table.table;
  const changes: Retold<T>[] = [];
  const told: Values[] = await tx(of)
    .where({ source })
    .orWhereNotNull('sources')
    .select(...keys);
  for (let start = 0; start < told.length; start += SOME_ROWS) {
    const rows = told.slice(start, start + SOME_ROWS);
    const states = await readStates(tx, table, rows);
    const kept: Values[] = [];
    const gone: Values[] = [];
    for (const row of rows) {
      const before = decodeState(table.type, states.get(nameOf(table, row))!);
      const others = Object.fromEntries(
        Object.entries(before.sources).filter(
          ([teller]) => sourceOfTeller(teller) !== source,
        ),
      );
      if (Object.keys(others).length === Object.keys(before.sources).length) {
        continue;
      }
      const after = { ...before, sources: others };
      const isKept = Object.keys(others).length > 0;
      const keyRow = row as KeyRow<T>;
      if (isKept) kept.push(toRow(table, keyRow, after));
      else gone.push(row);
      changes.push({
        key: String(row.fact_key ?? nameOf(table, row)),
        keyRow,
        before: resolveFact<T>(before),
        after: isKept
          ? resolveFact<T>(after)
          : { status: 'incomplete', missing: [] },
      });
    }
    await rewrite(tx, table, kept, gone);
  }
  return changes;
}

/** Writes rows that are there anew, and deletes others by their keys. */
export async function rewrite<T extends FactType>(
  tx: Knex.Transaction,
  { table }: FactTable<T>,
  kept: readonly Values[],
  gone: readonly Values[],
): Promise<void> {
  const { name, keys } = table;
  await insertRows(tx, table, kept, {
    update: columnsOf(omit(table, ...keys)),
  });
  if (gone.length === 0) return;
  await tx(name)
    .whereIn(
      [...keys],
      tx
        .select(...keys.map(key => `k.${key}`))
        .from(rowsFrom(tx, pick(table, ...keys).columns, gone)),
    )
    .delete();
}

/** States as they are written down, by {@link nameOf}; their rows are locked. */
export async function readStates<T extends FactType>(
  tx: Knex.Transaction,
  table: FactTable<T>,
  keyRows: readonly Values[],
): Promise<Map<string, string>> {
  if (keyRows.length === 0) return new Map();
  const { name: of, keys } = table.table;
  const query = select(
    tx(of)
      .innerJoin(
        rowsFrom(tx, pick(table.table, ...keys).columns, keyRows),
        join => {
          for (const name of keys) join.on(`k.${name}`, '=', `${of}.${name}`);
        },
      )
      .orderBy(keys.map(name => `${of}.${name}`)),
    table.table,
    ...keys,
    'state',
  );
  const rows = await forUpdate(tx, query, { of });
  return new Map(rows.map(row => [nameOf(table, row), String(row.state)]));
}

/** The row of a state. */
export function toRow<T extends FactType>(
  table: FactTable<T>,
  keyRow: KeyRow<T>,
  state: FactState,
  names: RepositoryNames = NO_NAMES,
): Values {
  const resolved = withNames(resolveFact<T>(state), names);
  const known: Partial<FactEvents[T]> =
    resolved.status === 'known' ? resolved.record : {};
  return {
    ...keyRow,
    state: encodeState(state),
    known: resolved.status,
    ...table.row(known, state, resolved),
  };
}

export function nameOf<T extends FactType>(
  table: FactTable<T>,
  row: Values,
): string {
  return table.table.keys.map(name => row[name]).join(' ');
}

/** Milliseconds of an ISO instant, null when there is none. */
export function ms(instant: string | undefined): number | null {
  return instant === undefined ? null : Date.parse(instant);
}
