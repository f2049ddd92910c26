/**
 * SQL that SQLite and PostgreSQL both understand.
 *
 * @packageDocumentation
 */
export {
  textOf,
  type Column,
  type Columns,
  type ColumnType,
  type NewRow,
  type Nothing,
  type Read,
  type Row,
  type Words,
  type Written,
} from './columns';
export {
  distinctList,
  forShare,
  forUpdate,
  insertRows,
  inTransaction,
  isPostgres,
  jsonArrayValues,
  rawRows,
  rowsFrom,
  rowSource,
  type Fragment,
  type OnConflict,
} from './dialect';
export { earliestPer } from './earliestPer';
export { createLocks, dropLocks, lock } from './lock';
export { openDatabase } from './openDatabase';
export { page, type Page } from './page';
export { deletePerRow, lookUp, perRow } from './perRow';
export { schemaDifferences } from './schema';
export { sha256 } from './sha256';
export {
  columnsOf,
  defineTable,
  omit,
  pick,
  select,
  type NewRowOf,
  type RowOf,
  type Table,
} from './table';
