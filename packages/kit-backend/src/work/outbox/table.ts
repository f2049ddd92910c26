import type { Knex } from 'knex';
import { defineTable, textOf, type RowOf, type Table } from '../../sql';

const columns = {
  number: 'big',
  id: 'text',
  lane: 'text',
  kind: 'text',
  payload: 'text',
  put_at: 'double',
  attempts: 'int',
  next_at: 'double',
  state: textOf<'waiting' | 'told' | 'refused' | 'kept'>(),
  said: 'text?',
  ended_at: 'double?',
} as const;

/**
 * What others are to be told. Rows stay for a while after that, so that nothing is
 * put twice.
 * @public
 */
export type OutboxTable = Table<typeof columns>;
/** A message as the database has it. @public */
export type OutboxRow = RowOf<OutboxTable>;

/** A table of messages, by the name its plugin gave it. @public */
export function outboxTable(name: string): OutboxTable {
  return defineTable({ name, columns, keys: ['number'] });
}

/**
 * Makes a table of messages, for a migration's `up`. Plugins have migrations that
 * ran long ago: what this makes stays as it is.
 * @public
 */
export async function createOutbox(knex: Knex, name: string): Promise<void> {
  await knex.schema.createTable(name, t => {
    t.comment('What others are to be told, in order by lane');
    t.bigIncrements('number');
    t.string('id', 255).notNullable().unique();
    t.string('lane', 128).notNullable();
    t.string('kind', 64).notNullable();
    t.text('payload').notNullable().comment('JSON');
    t.double('put_at').notNullable();
    t.integer('attempts').notNullable();
    t.double('next_at')
      .notNullable()
      .comment('Nobody tells it before; whoever takes it moves it on');
    t.string('state', 16)
      .notNullable()
      .comment('waiting, told, refused or kept');
    t.text('said').comment('Why it was refused, or is not told yet');
    t.double('ended_at');
    t.index(['state', 'lane', 'number'], `${name}_waiting`);
    t.index(['ended_at'], `${name}_ended`);
  });
}
