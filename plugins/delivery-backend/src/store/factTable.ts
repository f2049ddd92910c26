import type { Knex } from 'knex';
import {
  canonicalJson,
  compareText,
  joinFacts,
  resolveFact,
  type FactEvents,
  type FactState,
  type FactType,
  type ResolvedFact,
} from '@fawkes/backstage-plugin-delivery-common';
import {
  type Columns,
  forUpdate,
  insertRows,
  rowsFrom,
} from '@fawkes/kit-backend/sql';
import { decodeState, encodeState } from './factState';

/** How one type of fact is kept. */
export interface FactTable<T extends FactType> {
  type: T;
  table: string;
  columns: Columns;
  /** Columns of the primary key. */
  keys: readonly string[];
  /** The key columns' values, from the key of a state. */
  keyRow(state: FactState, key: string): Record<string, string | number>;
  /** Everything but key, state and known, from the resolved record. */
  row(
    record: Partial<FactEvents[T]>,
    state: FactState,
  ): Record<string, string | number | boolean | null>;
}

/** What applying claims did to one fact. */
export interface FactChange<T extends FactType> {
  key: string;
  keyRow: Record<string, string | number>;
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
): Promise<FactChange<T>[]> {
  const changes: FactChange<T>[] = [];
  // In one order everywhere, so that transactions wait for each other instead
  // of locking each other out.
  let open = [...states.entries()]
    .map(([key, state]): Entry => {
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
interface Entry {
  key: string;
  state: FactState;
  keyRow: Record<string, string | number>;
  /** The key columns as one text. */
  name: string;
}

/** Inserts those that are not there; returns their names. */
async function insertNew<T extends FactType>(
  tx: Knex.Transaction,
  table: FactTable<T>,
  entries: readonly Entry[],
): Promise<Set<string>> {
  const inserted = await insertRows<Record<string, string | number>>(
    tx,
    table.table,
    table.columns,
    entries.map(({ keyRow, state }) => toRow(table, keyRow, state)),
    { keys: table.keys },
    table.keys,
  );
  return new Set(inserted.map(row => nameOf(table, row)));
}

/** Joins what is told with what is known; returns what changed by it. */
async function joinKnown<T extends FactType>(
  tx: Knex.Transaction,
  table: FactTable<T>,
  entries: readonly Entry[],
  existing: ReadonlyMap<string, string>,
): Promise<FactChange<T>[]> {
  const changes: FactChange<T>[] = [];
  const updates: object[] = [];
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
  const columns = Object.keys(table.columns);
  await insertRows(tx, table.table, table.columns, updates, {
    keys: table.keys,
    update: columns.filter(name => !table.keys.includes(name)),
  });
  return changes;
}

async function readStates<T extends FactType>(
  tx: Knex.Transaction,
  table: FactTable<T>,
  keyRows: ReadonlyArray<Record<string, string | number>>,
): Promise<Map<string, string>> {
  if (keyRows.length === 0) return new Map();
  const keyColumns = Object.fromEntries(
    table.keys.map(name => [name, table.columns[name]]),
  );
  const query = tx(table.table)
    .select([...table.keys.map(name => `${table.table}.${name}`), 'state'])
    .innerJoin(rowsFrom(tx, keyColumns, keyRows), join => {
      for (const name of table.keys) {
        join.on(`k.${name}`, '=', `${table.table}.${name}`);
      }
    })
    .orderBy(table.keys.map(name => `${table.table}.${name}`));
  const rows: Array<Record<string, string | number>> = await forUpdate(
    tx,
    query,
    { of: table.table },
  );
  return new Map(rows.map(row => [nameOf(table, row), String(row.state)]));
}

/** The row of a state. */
export function toRow<T extends FactType>(
  table: FactTable<T>,
  keyRow: Record<string, string | number>,
  state: FactState,
): object {
  const resolved = resolveFact<T>(state);
  const known: Partial<FactEvents[T]> =
    resolved.status === 'known' ? resolved.record : {};
  return {
    ...keyRow,
    state: encodeState(state),
    known: resolved.status,
    ...table.row(known, state),
  };
}

function nameOf<T extends FactType>(
  table: FactTable<T>,
  row: Record<string, string | number>,
): string {
  return table.keys.map(name => row[name]).join(' ');
}

/** Milliseconds of an ISO instant, null when there is none. */
export function ms(instant: string | undefined): number | null {
  return instant === undefined ? null : Date.parse(instant);
}
