import {
  defineTable,
  textOf,
  type RowOf,
  type Table,
} from '@fawkes/kit-backend/sql';

const columns = {
  number: 'big',
  id: 'text',
  lane: 'text',
  kind: 'text',
  payload: 'text',
  put_at: 'double',
  attempts: 'int',
  next_at: 'double',
  state: textOf<'waiting' | 'told' | 'refused'>(),
  said: 'text?',
  ended_at: 'double?',
} as const;

/** What others are to be told. Rows stay for a while after that, so that nothing is put twice. */
export type OutboxTable = Table<typeof columns>;
export type OutboxRow = RowOf<OutboxTable>;

/** A table of messages, by the name its plugin gave it. */
export function outboxTable(name: string): OutboxTable {
  return defineTable({ name, columns, keys: ['number'] });
}
