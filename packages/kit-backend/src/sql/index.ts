/**
 * SQL that SQLite and PostgreSQL both understand.
 *
 * @packageDocumentation
 */
export * from './dialect';
export { earliestPer } from './earliestPer';
export { createLocks, dropLocks, lock } from './lock';
export { openDatabase } from './openDatabase';
export {
  fromCursor,
  strangeCursor,
  toCursor,
  toPage,
  type Position,
} from './page';
export { deletePerRow, lookUp, perRow } from './perRow';
export { sha256 } from './sha256';
