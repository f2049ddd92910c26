import { randomBytes } from 'node:crypto';
import type { RecordBody } from '@fawkes/backstage-plugin-cab-common';
import {
  canonicalBytes,
  FIRST_PREV,
} from '@fawkes/backstage-plugin-cab-common/rules';
import { insertRows, isPostgres, sha256 } from '@fawkes/kit-backend/sql';
import type { Knex } from 'knex';
import { databaseNow } from '../store/database';
import { log, texts } from '../store/tables';
import { chainHashOf, leafHashOf } from './hash';

/** An entry before it has its place. */
export type Draft = Omit<RecordBody, 'at' | 'changeSeq' | 'changePrev'> & {
  /** Entries of the same change request before it, and the leaf of the last. */
  after: { count: number; leaf: string | null };
  /** What a person wrote: kept beside the record, which knows its hash. */
  text?: string;
};

/** An entry in its place. */
export interface Appended {
  seq: number;
  at: number;
  body: RecordBody;
  leaf: string;
}

/** The end of the record. */
export interface Head {
  /** How many entries there are. */
  size: number;
  /** Chain hash of the last one. */
  chain: string;
  /** When it was written. */
  at: number;
}

const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex');
const bytesOf = (text: string) => Buffer.from(text, 'hex');

/**
 * Whoever appends holds this until the end of the transaction, and takes it last:
 * it is the one place where all wait for each other.
 */
export async function lockRecord(tx: Knex.Transaction): Promise<void> {
  if (!isPostgres(tx)) return;
  await tx.raw(
    `select pg_advisory_xact_lock(hashtextextended(current_schema() || '.cab_log', 0))`,
  );
}

/** The end of the record; of an empty one what stands before the first entry. */
export async function readHead(db: Knex): Promise<Head> {
  const [last] = await db
    .from(onlyLog(db))
    .orderBy('seq', 'desc')
    .limit(1)
    .select('seq', 'chain_hash', 'body');
  if (!last) return { size: 0, chain: hex(FIRST_PREV), at: 0 };
  const { at }: RecordBody = JSON.parse(last.body);
  return { size: Number(last.seq) + 1, chain: last.chain_hash, at };
}

/** Rows that somebody hung below the table by inheritance are none of the record. */
export function onlyLog(db: Knex): Knex.Raw {
  return db.raw(isPostgres(db) ? 'only cab_log' : 'cab_log');
}

/**
 * Appends entries to the record, in order, as one statement. The lock is taken
 * here, so this is the last thing a transaction does but for projecting what was
 * appended.
 *
 * @throws Error when the database did not keep what it was given
 */
export async function appendEntries(
  tx: Knex.Transaction,
  drafts: readonly Draft[],
): Promise<Appended[]> {
  if (drafts.length === 0) return [];
  await lockRecord(tx);
  const head = await readHead(tx);
  const at = Math.max(await databaseNow(tx), head.at);
  const ends = new Map<string | null, Draft['after']>();
  const kept: Array<{ event_id: string; salt: string; text: string }> = [];
  let prev = head.chain;
  const rows = drafts.map(({ after, text, ...draft }, index) => {
    const seq = head.size + index;
    const end = ends.get(draft.changeId) ?? after;
    const body: RecordBody = {
      ...draft,
      changeSeq: end.count,
      changePrev: end.leaf,
      at,
      data: { ...draft.data, ...hashedText(draft.eventId, text, kept) },
    };
    const bytes = canonicalBytes(body);
    const leaf = leafHashOf(bytes);
    const chain = hex(chainHashOf(bytesOf(prev), seq, leaf));
    const row = {
      seq,
      event_id: body.eventId,
      body: Buffer.from(bytes).toString('utf8'),
      leaf_hash: hex(leaf),
      prev_hash: prev,
      chain_hash: chain,
    };
    prev = chain;
    ends.set(draft.changeId, { count: end.count + 1, leaf: row.leaf_hash });
    return { row, appended: { seq, at, body, leaf: row.leaf_hash } };
  });
  await insertRows(
    tx,
    log,
    rows.map(({ row }) => row),
  );
  await insertRows(tx, texts, kept);
  await expectHead(tx, head.size + drafts.length, prev);
  return rows.map(({ appended }) => appended);
}

/**
 * A rule, or an ignored conflict, can lose rows without a word: what the database
 * says is its end has to be what was written.
 */
async function expectHead(
  tx: Knex.Transaction,
  size: number,
  chain: string,
): Promise<void> {
  const now = await readHead(tx);
  if (now.size !== size || now.chain !== chain) {
    throw new Error(
      `The record ends at ${now.size} entries where ${size} were written: something stands between this backend and its table`,
    );
  }
}

/** The record knows a salted hash: what was written can be erased, and not guessed. */
function hashedText(
  eventId: string,
  text: string | undefined,
  kept: Array<{ event_id: string; salt: string; text: string }>,
): { textDigest?: string } {
  if (text === undefined) return {};
  const salt = randomBytes(16).toString('hex');
  kept.push({ event_id: eventId, salt, text });
  return { textDigest: sha256(`${salt}${text}`) };
}
