import { createHash } from 'node:crypto';

const LEAF = Buffer.of(0);

/**
 * The same hashes as the rules have, by the processor's own instructions: what is
 * appended under the lock of the record is worked out ten times as fast.
 */
export function leafHashOf(body: Uint8Array): Buffer {
  return createHash('sha256').update(LEAF).update(body).digest();
}

/** See `chainHashOf` of the rules. */
export function chainHashOf(prev: Buffer, seq: number, leaf: Buffer): Buffer {
  const number = Buffer.allocUnsafe(8);
  number.writeBigUInt64BE(BigInt(seq));
  return createHash('sha256').update(prev).update(number).update(leaf).digest();
}
