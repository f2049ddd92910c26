import { defineTable, textOf, type RowOf } from '@fawkes/kit-backend/sql';

/** What others are to be told. Rows stay for a while after that, so that nothing is put twice. */
export const outboxTable = defineTable({
  name: 'outbox',
  columns: {
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
  },
  keys: ['id'],
});
export type OutboxRow = RowOf<typeof outboxTable>;
