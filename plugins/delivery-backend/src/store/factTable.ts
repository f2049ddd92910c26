import type { Knex } from 'knex';
import {
  joinFacts,
  resolveFact,
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
type Values = Record<string, string | number | boolean | null>;

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
 * @returns only the facts that changed
 */
export async function joinInto<T extends FactType>(
  tx: Knex.Transaction,
  table: FactTable<T>,
  states: ReadonlyMap<string, FactState>,
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
    const inserted = await insertNew(tx, table, open);
    changes.push(
      ...open
        .filter(({ name }) => inserted.has(name))
        .map(({ key, keyRow, state }) => ({
          key,
          keyRow,
          before: undefined,
          after: resolveFact<T>(state),
        })),
    );
    const known = open.filter(({ name }) => !inserted.has(name));
    const existing = await readStates(
      tx,
      table,
      known.map(({ keyRow }) => keyRow),
    );
    changes.push(...(await joinKnown(tx, table, known, existing)));
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
): Promise<Set<string>> {
  const inserted = await insertRows(
    tx,
    table.table,
    entries.map(({ keyRow, state }) => toRow(table, keyRow, state)),
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
): Promise<Retold<T>[]> {
  const changes: Retold<T>[] = [];
  const updates: Values[] = [];
  for (const { key, keyRow, name, state } of entries) {
    const found = existing.get(name);
    if (found === undefined) continue;
    const before = decodeState(table.type, found);
    const joined = joinFacts(before, state);
    if (encodeState(joined) === found) continue;
    if (canonicalJson(joined) === canonicalJson(before)) continue;
    updates.push(toRow(table, keyRow, joined));
    changes.push({
      key,
      keyRow,
      before: resolveFact<T>(before),
      after: resolveFact<T>(joined),
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
      if (!Object.hasOwn(before.sources, source)) continue;
      const { [source]: _, ...others } = before.sources;
      const after = { type: table.type, sources: others };
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
    await insertRows(tx, table.table, kept, {
      update: columnsOf(omit(table.table, ...keys)),
    });
    if (gone.length === 0) continue;
    await tx(of)
      .whereIn(
        [...keys],
        tx
          .select(...keys.map(key => `k.${key}`))
          .from(rowsFrom(tx, pick(table.table, ...keys).columns, gone)),
      )
      .delete();
  }
  return changes;
}

async function readStates<T extends FactType>(
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
): Values {
  const resolved = resolveFact<T>(state);
  const known: Partial<FactEvents[T]> =
    resolved.status === 'known' ? resolved.record : {};
  return {
    ...keyRow,
    state: encodeState(state),
    known: resolved.status,
    ...table.row(known, state, resolved),
  };
}

function nameOf<T extends FactType>(table: FactTable<T>, row: Values): string {
  return table.table.keys.map(name => row[name]).join(' ');
}

/** Milliseconds of an ISO instant, null when there is none. */
export function ms(instant: string | undefined): number | null {
  return instant === undefined ? null : Date.parse(instant);
}
