import {
  GrowingTree,
  rangesOf,
  type RangeHash,
} from '@fawkes/backstage-plugin-cab-common/rules';
import { insertRows, select } from '@fawkes/kit-backend/sql';
import type { Knex } from 'knex';
import { tiles } from '../store/tables';
import { onlyLog } from './append';

/** Leaves of a tile; a power of two, so that a full one is a part of the tree. */
export const TILE = 256;
/** Tiles that are worked out at once. */
const PAGE = 20;

const bytesOf = (text: string) => Buffer.from(text, 'hex');

/**
 * Keeps the roots of the tiles that are full, from where it was left. What is kept
 * proves nothing by itself: every proof made of it is checked against what was signed.
 */
export async function keepTiles(db: Knex, size: number): Promise<void> {
  const full = Math.floor(size / TILE);
  const [last] = await select(
    db(tiles.name).orderBy('tile', 'desc').limit(1),
    tiles,
  );
  for (let from = last ? Number(last.tile) + 1 : 0; from < full; from += PAGE) {
    const to = Math.min(from + PAGE, full);
    const leaves = await readLeaves(db, from * TILE, to * TILE);
    const rows = Array.from({ length: to - from }, (_, index) => {
      const tree = new GrowingTree();
      for (let at = 0; at < TILE; at++) {
        tree.add(leaves[(from + index) * TILE + at]);
      }
      return {
        tile: from + index,
        hash: Buffer.from(tree.root()).toString('hex'),
      };
    });
    await insertRows(db, tiles, rows, 'keep');
  }
}

/**
 * Ranges of the tree of a size, for proofs of some leaves: the tiles they are in
 * and the last one are read, of the others only their roots.
 */
export async function rangesFor(
  db: Knex,
  seqs: readonly number[],
  size: number,
): Promise<RangeHash> {
  const full = Math.floor(size / TILE);
  const rows = await select(
    db(tiles.name).where('tile', '<', full).orderBy('tile'),
    tiles,
  );
  const roots = new Map(rows.map(row => [Number(row.tile), bytesOf(row.hash)]));
  const needed = new Set(
    [...seqs, size - 1].map(seq => Math.floor(seq / TILE)),
  );
  for (let tile = 0; tile < full; tile++) {
    if (!roots.has(tile)) needed.add(tile);
  }
  const leaves: Record<number, Uint8Array> = {};
  for (const tile of needed) {
    const from = tile * TILE;
    Object.assign(
      leaves,
      await readLeaves(db, from, Math.min(from + TILE, size)),
    );
  }
  return rangesOf(leaves, (from, to) =>
    to - from === TILE && from % TILE === 0
      ? roots.get(from / TILE)
      : undefined,
  );
}

/** Leaves by number. */
export async function readLeaves(
  db: Knex,
  from: number,
  to: number,
): Promise<Record<number, Uint8Array>> {
  const rows: Array<{ seq: string | number; leaf_hash: string }> = await db
    .from(onlyLog(db))
    .where('seq', '>=', from)
    .where('seq', '<', to)
    .select('seq', 'leaf_hash');
  return Object.fromEntries(
    rows.map(row => [Number(row.seq), bytesOf(row.leaf_hash)]),
  );
}
