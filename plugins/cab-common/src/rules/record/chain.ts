import { sha256 } from '@noble/hashes/sha2.js';
import { concatBytes } from '@noble/hashes/utils.js';

/** Length of every hash here, in bytes. */
const HASH_LENGTH = 32;

/** What stands before the first entry. @public */
export const FIRST_PREV: Uint8Array = new Uint8Array(HASH_LENGTH);

/** What an entry is in the tree: SHA-256(0x00 ‖ body). @public */
export function leafHashOf(body: Uint8Array): Uint8Array {
  return sha256(concatBytes(Uint8Array.of(0), body));
}

/**
 * What an entry is in the chain: SHA-256(prev ‖ seq ‖ leaf), the number in 8
 * bytes, big-endian.
 * @public
 */
export function chainHashOf(
  prev: Uint8Array,
  seq: number,
  leaf: Uint8Array,
): Uint8Array {
  return sha256(concatBytes(checkHash(prev), seqBytes(seq), checkHash(leaf)));
}

function seqBytes(seq: number): Uint8Array {
  if (!Number.isSafeInteger(seq) || seq < 0) {
    throw new RangeError(`No entry has the number ${seq}`);
  }
  const bytes = new Uint8Array(8);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(seq));
  return bytes;
}

/**
 * Refuses what is no hash, where hashes are computed: two inputs of other lengths
 * could have the same bytes together.
 */
export function checkHash(hash: Uint8Array): Uint8Array {
  if (hash.length !== HASH_LENGTH) {
    throw new RangeError(`A hash has ${HASH_LENGTH} bytes, not ${hash.length}`);
  }
  return hash;
}
