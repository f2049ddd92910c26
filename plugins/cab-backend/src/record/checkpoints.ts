import { GrowingTree } from '@fawkes/backstage-plugin-cab-common/rules';
import {
  insertRows,
  inTransaction,
  select,
  type RowOf,
} from '@fawkes/kit-backend/sql';
import type { Knex } from 'knex';
import { databaseNow } from '../store/database';
import { checkpoints } from '../store/tables';
import { lockRecord, onlyLog, readHead } from './append';
import { guardDifferences } from './guards';
import type { Remembered, Signer, SignerMemory } from './signer';
import { keepTiles } from './tiles';

/** After so many entries one is made, whatever the clock says. */
export const CHECKPOINT_EVERY = 256;
/** Leaves that are read at once. */
const PAGE = 5_000;

const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex');

type CheckpointRow = RowOf<typeof checkpoints>;

/** Something is wrong with the record, so nothing is signed. */
export class RecordTamperedError extends Error {
  override readonly name = 'RecordTamperedError';
}

/** Signs how long the record is, and refuses what does not go on from what it signed. */
export class Checkpointer {
  constructor(
    private readonly db: Knex,
    readonly signer: Signer,
    private readonly memory: SignerMemory,
  ) {}

  /**
   * Signs the record as it is, unless that is signed already.
   *
   * @returns how many entries are signed
   * @throws RecordTamperedError saying what is wrong
   */
  async checkpoint(): Promise<number> {
    const done = await inTransaction(this.db, async tx => {
      await lockRecord(tx);
      const head = await readHead(tx);
      const latest = await latestCheckpoint(tx);
      const remembered = await this.#remembered(latest);
      if (head.size < remembered.size) {
        throw new RecordTamperedError(
          `The record has ${head.size} entries, and ${remembered.size} were signed`,
        );
      }
      if (head.size === 0) return undefined;
      const differences = await guardDifferences(tx);
      if (differences.length > 0) {
        throw new RecordTamperedError(differences.join('; '));
      }
      const tree = await grown(tx, remembered, head.size, latest);
      const root = tree.root();
      if (latest === undefined || Number(latest.size) < head.size) {
        await insertRows(tx, checkpoints, [
          {
            size: head.size,
            root: hex(root),
            note: this.signer.note({ size: head.size, root }),
            parts: JSON.stringify(tree.parts.map(hex)),
            at: await databaseNow(tx),
          },
        ]);
      }
      return { size: head.size, parts: tree.parts.map(hex), chain: head.chain };
    });
    if (!done) return 0;
    // Only what is durable is remembered.
    await this.memory.write(done);
    await keepTiles(this.db, done.size);
    return done.size;
  }

  /** What was signed last: by this signer, or else what the table has of it. */
  async #remembered(latest: CheckpointRow | undefined): Promise<Remembered> {
    const own = await this.memory.read();
    if (own) return own;
    if (!latest) return { size: 0, parts: [], chain: '' };
    const size = Number(latest.size);
    const parts: string[] = JSON.parse(latest.parts);
    const root = treeOf({ size, parts }).root();
    // Ed25519 signs the same text the same way: whoever has the key can tell.
    if (latest.note !== this.signer.note({ size, root })) {
      throw new RecordTamperedError(
        `The checkpoint of ${size} entries is not what this key has signed`,
      );
    }
    return { size, parts, chain: '' };
  }
}

/** The newest checkpoint there is. */
export async function latestCheckpoint(
  db: Knex,
): Promise<CheckpointRow | undefined> {
  const [row] = await select(
    db(checkpoints.name).orderBy('size', 'desc').limit(1),
    checkpoints,
  );
  return row;
}

/** The tree over all entries, grown from what was signed last. */
async function grown(
  tx: Knex,
  remembered: Remembered,
  size: number,
  latest: CheckpointRow | undefined,
): Promise<GrowingTree> {
  await expectChain(tx, remembered);
  const tree = treeOf(remembered);
  const other = latest && { size: Number(latest.size), root: latest.root };
  for (let from = remembered.size; from < size; from += PAGE) {
    const rows: Array<{ seq: string | number; leaf_hash: string }> = await tx
      .from(onlyLog(tx))
      .where('seq', '>=', from)
      .orderBy('seq')
      .limit(Math.min(PAGE, size - from))
      .select('seq', 'leaf_hash');
    for (const [index, row] of rows.entries()) {
      if (Number(row.seq) !== from + index) {
        throw new RecordTamperedError(`Entry ${from + index} is missing`);
      }
      tree.add(Buffer.from(row.leaf_hash, 'hex'));
      if (tree.size === other?.size && hex(tree.root()) !== other.root) {
        throw new RecordTamperedError(
          `The checkpoint of ${other.size} entries is of another record`,
        );
      }
    }
  }
  if (tree.size !== size) {
    throw new RecordTamperedError(`Entry ${tree.size} is missing`);
  }
  return tree;
}

async function expectChain(
  tx: Knex,
  { size, chain }: Remembered,
): Promise<void> {
  if (size === 0 || chain === '') return;
  const [last] = await tx
    .from(onlyLog(tx))
    .where('seq', size - 1)
    .select('chain_hash');
  if (last?.chain_hash !== chain) {
    throw new RecordTamperedError(
      `The record up to entry ${size - 1} is not what was signed`,
    );
  }
}

function treeOf({ size, parts }: Pick<Remembered, 'size' | 'parts'>) {
  return new GrowingTree({
    size,
    parts: parts.map(part => Buffer.from(part, 'hex')),
  });
}
