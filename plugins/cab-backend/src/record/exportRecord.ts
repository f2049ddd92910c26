import {
  EXPORT_FORMAT,
  type ExportLine,
  type ExportResponse,
} from '@fawkes/backstage-plugin-cab-common';
import {
  consistencyProof,
  inclusionProof,
  rangesOf,
  rootOf,
  toBase64,
  type RangeHash,
} from '@fawkes/backstage-plugin-cab-common/rules';
import { select, type RowOf } from '@fawkes/kit-backend/sql';
import type { Knex } from 'knex';
import { checkpoints, events, log } from '../store/tables';
import { onlyLog } from './append';
import { rangesFor } from './tiles';

type LogRow = RowOf<typeof log>;

/**
 * A page of the whole record. The last page has the checkpoints, and proofs that
 * each goes on from the one before.
 */
export async function exportPage(
  db: Knex,
  origin: string,
  { from, limit }: { from: number; limit: number },
): Promise<ExportResponse> {
  const rows: LogRow[] = await db
    .from(onlyLog(db))
    .where('seq', '>=', from)
    .orderBy('seq')
    .limit(limit + 1)
    .select('*');
  const shown = rows.slice(0, limit);
  const lines: ExportLine[] = [headerOf(origin, null), ...shown.map(entryOf)];
  if (rows.length > limit) return { lines, nextFrom: from + limit };
  return { lines: [...lines, ...(await signedLines(db))], nextFrom: null };
}

/**
 * A page of the entries of one change request, each with a proof in the newest
 * checkpoint. What it reads grows with the page, not with the record.
 */
export async function exportOf(
  db: Knex,
  origin: string,
  changeId: string,
  { from, limit }: { from: number; limit: number },
): Promise<ExportResponse> {
  const [latest] = await select(
    db(checkpoints.name).orderBy('size', 'desc').limit(1),
    checkpoints,
    'size',
    'root',
    'note',
  );
  const header = headerOf(origin, changeId);
  if (!latest) return { lines: [header], nextFrom: null };
  const size = Number(latest.size);
  const rows: LogRow[] = await db
    .from(onlyLog(db))
    .whereIn(
      'seq',
      db(events.name)
        .where('change_id', changeId)
        .where('seq', '>=', from)
        .where('seq', '<', size)
        .orderBy('seq')
        .limit(limit + 1)
        .select('seq'),
    )
    .orderBy('seq')
    .select('*');
  const shown = rows.slice(0, limit);
  const hash = await provingRanges(
    db,
    shown.map(({ seq }) => Number(seq)),
    { size, root: latest.root },
  );
  return {
    lines: [
      header,
      ...shown.map(row => ({
        ...entryOf(row),
        proof: {
          size,
          path: inclusionProof(hash, Number(row.seq), size).map(toBase64),
        },
      })),
      { kind: 'checkpoint', note: latest.note },
    ],
    nextFrom: rows.length > limit ? Number(rows[limit].seq) : null,
  };
}

/** Ranges that lead to what was signed; all leaves are read where kept ones do not. */
async function provingRanges(
  db: Knex,
  seqs: readonly number[],
  { size, root }: { size: number; root: string },
): Promise<RangeHash> {
  const hash = await rangesFor(db, seqs, size);
  const leadsThere = Buffer.from(rootOf(hash, size)).toString('hex') === root;
  return leadsThere ? hash : leavesUpTo(db, size);
}

async function signedLines(db: Knex): Promise<ExportLine[]> {
  const signed = await select(
    db(checkpoints.name).orderBy('size'),
    checkpoints,
    'size',
    'note',
  );
  const sizes = signed.map(({ size }) => Number(size));
  const hash = await leavesUpTo(db, sizes.at(-1) ?? 0);
  return [
    ...signed.map(({ note }) => ({ kind: 'checkpoint' as const, note })),
    ...sizes.slice(1).map((to, index) => ({
      kind: 'consistency' as const,
      from: sizes[index],
      to,
      proof: consistencyProof(hash, sizes[index], to).map(toBase64),
    })),
  ];
}

async function leavesUpTo(db: Knex, size: number): Promise<RangeHash> {
  const rows: Array<Pick<LogRow, 'leaf_hash'>> = await db
    .from(onlyLog(db))
    .where('seq', '<', size)
    .orderBy('seq')
    .select('leaf_hash');
  return rangesOf(rows.map(row => Buffer.from(row.leaf_hash, 'hex')));
}

function headerOf(origin: string, changeId: string | null): ExportLine {
  return { kind: 'header', format: EXPORT_FORMAT, origin, changeId };
}

/** The bytes as they are stored: an export writes nothing anew. */
function entryOf(row: LogRow) {
  return {
    kind: 'entry' as const,
    seq: Number(row.seq),
    eventId: row.event_id,
    body: Buffer.from(row.body, 'utf8').toString('base64'),
    leafHash: row.leaf_hash,
    prevHash: row.prev_hash,
    chainHash: row.chain_hash,
  };
}
