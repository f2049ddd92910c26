import type {
  ProvisioningEvent,
  ProvisioningTopic,
} from '@fawkes/backstage-plugin-provisioning-common';
import { insertRows, isPostgres, rawRows } from '@fawkes/kit-backend/sql';
import type { Knex } from 'knex';
import { v7 as uuid } from 'uuid';
import { read, written } from './json';
import { tables } from './tables';

/** Something other plugins are to be told. */
export interface Letter {
  id: string;
  topic: string;
  payload: object;
}

/** Whoever took a letter and told nothing for so long is taken to be gone, ms. */
const PATIENCE_MS = 60_000;

/**
 * Puts down what is to be told once this transaction is committed.
 *
 * @param id - told once by it, however often this is asked
 */
export async function tellLater<T extends ProvisioningTopic>(
  tx: Knex,
  topic: T,
  payload: ProvisioningEvent<T>,
  now: number,
  id: string = uuid(),
): Promise<void> {
  const row = { id, topic, payload: written(payload), at: now };
  await insertRows(
    tx,
    tables.outbox,
    [{ ...row, taken_at: 0, told_at: null }],
    'keep',
  );
}

/** Takes letters, the oldest first; each stays until it is told. */
export async function takeLetters(
  db: Knex,
  limit: number,
  now: number,
): Promise<Letter[]> {
  if (!(await db('outbox').whereNull('told_at').first('id'))) return [];
  const rows = await rawRows<{ id: string; topic: string; payload: string }>(
    db,
    `update outbox set taken_at = ? where id in (
        select id from outbox where told_at is null and taken_at < ? order by at, id limit ?
        ${isPostgres(db) ? 'for update skip locked' : ''})
      returning id, topic, payload`,
    [now, now - PATIENCE_MS, limit],
  );
  return rows
    .map(row => ({ ...row, payload: read<object>(row.payload) }))
    .sort((a, b) => (a.id < b.id ? -1 : 1));
}

/** Writes down that a letter was told. */
export async function letterTold(
  db: Knex,
  id: string,
  now: number,
): Promise<void> {
  await db('outbox').where({ id }).update({ told_at: now });
}

/** Lets go of a letter that could not be told. */
export async function releaseLetter(db: Knex, id: string): Promise<void> {
  await db('outbox').where({ id }).update({ taken_at: 0 });
}
