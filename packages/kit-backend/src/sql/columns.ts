/**
 * What both databases keep alike. Instants and seconds are `double`: a plain
 * number in JavaScript on either. `big` numbers rows, and comes back as text from
 * PostgreSQL; a `bool` comes back as 0 or 1 from SQLite. `bytes` are written by knex
 * itself: no list of rows holds them.
 *
 * @public
 */
export type ColumnType = 'text' | 'double' | 'int' | 'big' | 'bool' | 'bytes';

/**
 * A column as it is spelled: its type, with "?" where it may hold nothing.
 *
 * @public
 */
export type Column = ColumnType | `${ColumnType}?`;

/**
 * Columns by name.
 *
 * @public
 */
export type Columns = Readonly<Record<string, Column>>;

/**
 * Says to the compiler which words a column of text holds; `textOf` makes one.
 *
 * @public
 */
export interface Words<W extends string> {
  /** Never there when the code runs. */
  readonly '~words': W;
}

/**
 * A column of text that holds nothing but the words of a type.
 *
 * @public
 */
export function textOf<W extends string>(): 'text' & Words<W>;
/**
 * The same for one that may hold nothing.
 *
 * @public
 */
export function textOf<W extends string>(column: 'text?'): 'text?' & Words<W>;
export function textOf(column = 'text'): string {
  return column;
}

/**
 * What a column holds besides values: null, or nothing of the kind.
 *
 * @public
 */
export type Nothing<C> = C extends `${string}?` ? null : never;

/**
 * What a query finds in a column.
 *
 * @public
 */
export type Read<C> =
  | Nothing<C>
  | (C extends Words<infer W>
      ? W
      : C extends `text${string}`
      ? string
      : C extends `bytes${string}`
      ? Buffer
      : C extends `bool${string}`
      ? boolean | number
      : C extends `big${string}`
      ? string | number
      : number);

/**
 * What may be written into a column.
 *
 * @public
 */
export type Written<C> = C extends `bool${string}`
  ? boolean | Nothing<C>
  : Read<C>;

/**
 * A row as a query finds it.
 *
 * @public
 */
export type Row<C extends Columns> = { [N in keyof C]: Read<C[N]> };

/**
 * A row to be written.
 *
 * @public
 */
export type NewRow<C extends Columns> = {
  readonly [N in keyof C]: Written<C[N]>;
};

/** The type of a column without what it says about holding nothing. */
export function typeOf(column: Column): ColumnType {
  return column.replace('?', '') as ColumnType;
}
