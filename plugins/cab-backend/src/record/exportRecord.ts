import {
  EXPORT_FORMAT,
  type ExportLine,
  type ExportResponse,
} from '@fawkes/backstage-plugin-cab-common';
import {
  consistencyProof,
  inclusionProof,
  rangesOf,
  toBase64,
  type RangeHash,
} from '@fawkes/backstage-plugin-cab-common/rules';
import { select, type RowOf } from '@fawkes/kit-backend/sql';
import type { Knex } from 'knex';
import { checkpoints, events, log } from '../store/tables';
import { onlyLog } from './append';

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

/** The entries of one change request, each with a proof in the newest checkpoint. */
export async function exportOf(
  db: Knex,
  origin: string,
  changeId: string,
): Promise<ExportResponse> {
  const rows: LogRow[] = await db
    .from(onlyLog(db))
    .whereIn('seq', db(events.name).where('change_id', changeId).select('seq'))
    .orderBy('seq')
    .select('*');
  const [latest] = await select(
    db(checkpoints.name).orderBy('size', 'desc').limit(1),
    checkpoints,
    'size',
    'note',
  );
  const size = Number(latest?.size ?? 0);
  const hash = await leavesUpTo(db, size);
  const entries = rows
    .filter(({ seq }) => Number(seq) < size)
    .map(row => ({
      ...entryOf(row),
      proof: {
        size,
        path: inclusionProof(hash, Number(row.seq), size).map(toBase64),
      },
    }));
  return {
    lines: [
      headerOf(origin, changeId),
      ...entries,
      ...(latest ? [{ kind: 'checkpoint' as const, note: latest.note }] : []),
    ],
    nextFrom: null,
  };
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
