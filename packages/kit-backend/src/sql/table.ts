import type { Knex } from 'knex';
import type { Columns, NewRow, Row } from './columns';

/**
 * A table as data: what the code may rely on. Migrations make it, and say the
 * rest (lengths, defaults, indices).
 *
 * @public
 */
export interface Table<C extends Columns = Columns> {
  /** As the database has it. */
  readonly name: string;
  /** By name; see {@link Column}. */
  readonly columns: C;
  /** Columns of the primary key, in its order. */
  readonly keys: readonly string[];
}

/**
 * A row of a table as a query finds it.
 *
 * @public
 */
export type RowOf<T extends Table> = Row<T['columns']>;

/**
 * A row of a table to be written.
 *
 * @public
 */
export type NewRowOf<T extends Table> = NewRow<T['columns']>;

/**
 * Writes a table down as data.
 *
 * @example
 *
 * ```ts
 * const notes = defineTable({
 *   name: 'notes',
 *   columns: { id: 'text', body: 'text', read_at: 'double?' },
 *   keys: ['id'],
 * });
 * type Note = RowOf<typeof notes>; // { id: string; body: string; read_at: number | null }
 * ```
 *
 * @public
 */
export function defineTable<C extends Columns>(table: {
  name: string;
  columns: C;
  keys: ReadonlyArray<keyof C & string>;
}): Table<C> {
  return table;
}

/**
 * The names of a table's columns.
 *
 * @public
 */
export function columnsOf<C extends Columns>(
  table: Table<C>,
): Array<keyof C & string> {
  return Object.keys(table.columns);
}

/**
 * A table with some of its columns only, for writing these and leaving the
 * others to their defaults.
 *
 * @public
 */
export function pick<C extends Columns, N extends keyof C & string>(
  { name, columns, keys }: Table<C>,
  ...names: N[]
): Table<Pick<C, N>> {
  return {
    name,
    columns: Object.fromEntries(
      names.map(column => [column, columns[column]]),
    ) as Pick<C, N>,
    keys: names.filter(column => keys.includes(column)),
  };
}

/**
 * A table without some of its columns, which its database fills.
 *
 * @public
 */
export function omit<C extends Columns, N extends keyof C & string>(
  table: Table<C>,
  ...names: N[]
): Table<Omit<C, N>> {
  const left = Object.entries(table.columns).filter(
    ([column]) => !names.some(name => name === column),
  );
  return {
    name: table.name,
    columns: Object.fromEntries(left) as unknown as Omit<C, N>,
    keys: table.keys.filter(column => !names.some(name => name === column)),
  };
}

/**
 * Selects columns of a table in a query that has it, alone or among others: a
 * name the table does not have does not compile, and rows have what was selected.
 *
 * @param names - none = all
 * @public
 */
export function select<C extends Columns, N extends keyof C & string>(
  query: Knex.QueryBuilder,
  table: Table<C>,
  ...names: N[]
): Knex.QueryBuilder<Row<C>, Array<Pick<Row<C>, N>>> {
  const columns = names.length > 0 ? [...new Set(names)] : ['*'];
  return query.select(columns.map(column => `${table.name}.${column}`));
}
