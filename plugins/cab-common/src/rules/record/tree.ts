import { sha256 } from '@noble/hashes/sha2.js';
import { concatBytes } from '@noble/hashes/utils.js';
import { checkHash } from './chain';

/** SHA-256(0x01 ‖ left ‖ right), as RFC 9162 has it. @public */
export function nodeHashOf(left: Uint8Array, right: Uint8Array): Uint8Array {
  return sha256(
    concatBytes(Uint8Array.of(1), checkHash(left), checkHash(right)),
  );
}

/** Hash of the leaves from one number to another, which is not among them. @public */
export type RangeHash = (from: number, to: number) => Uint8Array;

/**
 * Ranges over leaves.
 *
 * @param leaves - by number; all there are, or those that are not in a range that
 *   is known
 * @param kept - hashes of ranges that are known; of none without
 * @public
 */
export function rangesOf(
  leaves: Readonly<Record<number, Uint8Array>>,
  kept: (from: number, to: number) => Uint8Array | undefined = () => undefined,
): RangeHash {
  const hashes = new Map<string, Uint8Array>();
  const hash: RangeHash = (from, to) => {
    if (to - from === 1) {
      if (!leaves[from]) throw new RangeError(`Leaf ${from} was not read`);
      return checkHash(leaves[from]);
    }
    const key = `${from}-${to}`;
    const known = hashes.get(key) ?? kept(from, to);
    if (known) return known;
    const split = from + splitOf(to - from);
    const found = nodeHashOf(hash(from, split), hash(split, to));
    hashes.set(key, found);
    return found;
  };
  return hash;
}

/** Largest power of two below a number of leaves. */
function splitOf(count: number): number {
  let split = 1;
  while (split * 2 < count) split *= 2;
  return split;
}

/**
 * The root over the first leaves.
 *
 * @throws RangeError for no leaves: an empty tree is never signed
 * @public
 */
export function rootOf(hash: RangeHash, size: number): Uint8Array {
  if (size < 1) throw new RangeError('A tree without leaves has no root here');
  return hash(0, size);
}

/** That a leaf is in the tree of a size: RFC 9162, 2.1.3.1. @public */
export function inclusionProof(
  hash: RangeHash,
  index: number,
  size: number,
): Uint8Array[] {
  if (index < 0 || index >= size) {
    throw new RangeError(`There is no leaf ${index} among ${size}`);
  }
  return pathOf(hash, index, 0, size);
}

function pathOf(
  hash: RangeHash,
  index: number,
  from: number,
  to: number,
): Uint8Array[] {
  if (to - from === 1) return [];
  const split = from + splitOf(to - from);
  return index < split
    ? [...pathOf(hash, index, from, split), hash(split, to)]
    : [...pathOf(hash, index, split, to), hash(from, split)];
}

/** That a tree is the beginning of a larger one: RFC 9162, 2.1.4.1. @public */
export function consistencyProof(
  hash: RangeHash,
  from: number,
  to: number,
): Uint8Array[] {
  if (from < 1 || from > to) {
    throw new RangeError(`A tree of ${from} leaves is no beginning of ${to}`);
  }
  return from === to ? [] : subproof(hash, from, 0, to, true);
}

function subproof(
  hash: RangeHash,
  old: number,
  from: number,
  to: number,
  whole: boolean,
): Uint8Array[] {
  const count = to - from;
  if (old === count) return whole ? [] : [hash(from, to)];
  const split = splitOf(count);
  return old <= split
    ? [
        ...subproof(hash, old, from, from + split, whole),
        hash(from + split, to),
      ]
    : [
        ...subproof(hash, old - split, from + split, to, false),
        hash(from, from + split),
      ];
}

/** Whether a proof shows a leaf in a root: RFC 9162, 2.1.3.2. @public */
export function isIncluded(
  leaf: Uint8Array,
  index: number,
  size: number,
  proof: readonly Uint8Array[],
  root: Uint8Array,
): boolean {
  if (index < 0 || index >= size) return false;
  let at = index;
  let last = size - 1;
  let hash = leaf;
  for (const node of proof) {
    if (last === 0) return false;
    if (at % 2 === 1 || at === last) {
      hash = nodeHashOf(node, hash);
      while (at % 2 === 0 && at !== 0) [at, last] = [at / 2, half(last)];
    } else {
      hash = nodeHashOf(hash, node);
    }
    [at, last] = [half(at), half(last)];
  }
  return last === 0 && sameBytes(hash, root);
}

/** Whether a proof shows one root to be the beginning of another: RFC 9162, 2.1.4.2. @public */
export function isConsistent(
  from: { size: number; root: Uint8Array },
  to: { size: number; root: Uint8Array },
  proof: readonly Uint8Array[],
): boolean {
  if (from.size < 1 || from.size > to.size) return false;
  if (from.size === to.size) {
    return proof.length === 0 && sameBytes(from.root, to.root);
  }
  const path = isPowerOfTwo(from.size) ? [from.root, ...proof] : [...proof];
  if (path.length === 0) return false;
  let at = from.size - 1;
  let last = to.size - 1;
  while (at % 2 === 1) [at, last] = [half(at), half(last)];
  let [older] = path;
  let newer = older;
  for (const node of path.slice(1)) {
    if (last === 0) return false;
    if (at % 2 === 1 || at === last) {
      older = nodeHashOf(node, older);
      newer = nodeHashOf(node, newer);
      while (at % 2 === 0 && at !== 0) [at, last] = [at / 2, half(last)];
    } else {
      newer = nodeHashOf(newer, node);
    }
    [at, last] = [half(at), half(last)];
  }
  return last === 0 && sameBytes(older, from.root) && sameBytes(newer, to.root);
}

function half(number: number): number {
  return Math.floor(number / 2);
}

function isPowerOfTwo(number: number): boolean {
  return number >= 1 && Number.isInteger(Math.log2(number));
}

function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, index) => byte === b[index]);
}

/**
 * A tree that grows leaf by leaf and keeps only what its root needs: the hashes
 * of its full parts, the largest first.
 * @public
 */
export class GrowingTree {
  #size: number;
  readonly #parts: Uint8Array[];

  constructor(
    known: { size: number; parts: readonly Uint8Array[] } = {
      size: 0,
      parts: [],
    },
  ) {
    const ones = known.size.toString(2).replaceAll('0', '').length;
    if (known.parts.length !== ones) {
      throw new RangeError(`A tree of ${known.size} leaves has ${ones} parts`);
    }
    this.#size = known.size;
    this.#parts = known.parts.map(checkHash);
  }

  /** How many leaves there are. */
  get size(): number {
    return this.#size;
  }

  /** What another tree goes on from. */
  get parts(): Uint8Array[] {
    return [...this.#parts];
  }

  /** Adds a leaf. */
  add(leaf: Uint8Array): void {
    let hash = checkHash(leaf);
    for (let full = this.#size; full % 2 === 1; full = half(full)) {
      hash = nodeHashOf(this.#parts.pop()!, hash);
    }
    this.#parts.push(hash);
    this.#size++;
  }

  /** The root over all leaves. */
  root(): Uint8Array {
    const [last, ...rest] = [...this.#parts].reverse();
    if (!last) throw new RangeError('A tree without leaves has no root here');
    return rest.reduce((right, left) => nodeHashOf(left, right), last);
  }
}
