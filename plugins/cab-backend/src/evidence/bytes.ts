import { createHash } from 'node:crypto';
import { InputError } from '@backstage/errors';
import { STATE_SETS, UNFINISHED } from '@fawkes/backstage-plugin-cab-common';
import { forUpdate, inTransaction, select } from '@fawkes/kit-backend/sql';
import type { Knex } from 'knex';
import { v7 as uuid } from 'uuid';
import { databaseNow } from '../store/database';
import { changes, chunks, evidence, uploads } from '../store/tables';

/** What is kept at once; a row of the database. */
export const CHUNK_BYTES = 256 * 1024;

/** Bytes that were received whole. */
export interface Received {
  sha256: string;
  size: number;
}

/**
 * Takes bytes as they come: hashed while they are received, kept in pieces, and
 * found by their digest once all are there. The same bytes are kept once.
 */
export async function receive(
  db: Knex,
  pieces: AsyncIterable<Buffer>,
): Promise<Received> {
  const id = uuid();
  await db(uploads.name).insert({
    id,
    at: await databaseNow(db),
    sha256: null,
    size: 0,
  });
  try {
    const hash = createHash('sha256');
    let size = 0;
    let part = 0;
    for await (const bytes of pieces) {
      hash.update(bytes);
      size += bytes.length;
      await db(chunks.name).insert({ upload: id, part, bytes });
      part++;
    }
    if (size === 0) {
      throw new InputError('The body is empty; send the bytes of the evidence');
    }
    const sha256 = hash.digest('hex');
    await keep(db, id, { sha256, size });
    return { sha256, size };
  } catch (error) {
    await drop(db, [id]);
    throw error;
  }
}

/** Whoever is first keeps the bytes; the others use them. */
async function keep(db: Knex, id: string, { sha256, size }: Received) {
  const now = await databaseNow(db);
  await inTransaction(db, async tx => {
    // Touched, so that tidying up leaves what is about to be named.
    const known = await tx(uploads.name).where({ sha256 }).update({ at: now });
    if (known === 0) {
      await tx(uploads.name).where({ id }).update({ sha256, size, at: now });
    }
  }).catch(async error => {
    // Two at the same instant: the database let the other one in.
    const [other] = await select(db(uploads.name).where({ sha256 }), uploads);
    if (!other) throw error;
  });
  const [own] = await select(db(uploads.name).where({ id }), uploads);
  if (own && own.sha256 === null) await drop(db, [id]);
}

async function drop(db: Knex, ids: readonly string[]): Promise<void> {
  await db(chunks.name)
    .whereIn('upload', [...ids])
    .delete();
  await db(uploads.name)
    .whereIn('id', [...ids])
    .delete();
}

/** Bytes by their digest, piece by piece; undefined when they are not kept. */
export async function bytesOf(
  db: Knex,
  sha256: string,
): Promise<{ size: number; pieces: AsyncIterable<Buffer> } | undefined> {
  const [upload] = await select(db(uploads.name).where({ sha256 }), uploads);
  if (!upload) return undefined;
  return { size: upload.size, pieces: partsOf(db, upload.id) };
}

async function* partsOf(db: Knex, upload: string): AsyncGenerator<Buffer> {
  for (let part = 0; ; part++) {
    const [row] = await select(
      db(chunks.name).where({ upload, part }),
      chunks,
      'bytes',
    );
    if (!row) return;
    yield row.bytes;
  }
}

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** So many in one transaction. */
const BATCH = 100;

/**
 * Removes bytes nobody names: what was received in half, and what is of change
 * requests that have been over for long. Digests and what they said stay.
 *
 * @returns how many uploads were removed
 */
export async function tidyBytes(
  db: Knex,
  { keepDays }: { keepDays: number },
): Promise<number> {
  for (let all = 0; ; ) {
    const gone = await inTransaction(db, tx => tidySome(tx, keepDays));
    all += gone;
    if (gone < BATCH) return all;
  }
}

async function tidySome(
  tx: Knex.Transaction,
  keepDays: number,
): Promise<number> {
  const now = await databaseNow(tx);
  const over = [...STATE_SETS.after, ...STATE_SETS.end];
  const named = tx(evidence.name)
    .join(changes.name, `${changes.name}.id`, `${evidence.name}.change_id`)
    .whereRaw('?? = ??', [`${evidence.name}.sha256`, `${uploads.name}.sha256`])
    .where(still =>
      still
        .whereIn(`${changes.name}.state`, [...UNFINISHED])
        .orWhere(late =>
          late
            .whereIn(`${changes.name}.state`, over)
            .where(`${changes.name}.updated_at`, '>', now - keepDays * DAY_MS),
        ),
    )
    .select(tx.raw('1'));
  // Locked: whoever is about to name them has touched them before, or finds them gone.
  const gone = await select(
    forUpdate(
      tx,
      tx(uploads.name)
        .where('at', '<', now - HOUR_MS)
        .whereNotExists(named)
        .orderBy('at')
        .limit(BATCH),
    ),
    uploads,
    'id',
  );
  await drop(
    tx,
    gone.map(({ id }) => id),
  );
  return gone.length;
}
