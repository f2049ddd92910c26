import { canonicalJson } from '@fawkes/kit-contract';
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';

/** Deepest nesting that is hashed. @public */
export const MAX_DEPTH = 200;

/** Half of a surrogate pair: two different texts would have the same bytes. */
const LONE_SURROGATE = /\p{Cs}/u;

/**
 * The bytes that stand for a value wherever one is hashed: RFC 8785 in UTF-8.
 *
 * @throws TypeError for what has no unambiguous bytes: fractions, numbers beyond
 *   2^53−1, lone surrogates, undefined, more than {@link MAX_DEPTH} levels
 * @public
 */
export function canonicalBytes(value: unknown): Uint8Array {
  checkHashable(value, 0);
  return utf8ToBytes(canonicalJson(value));
}

/** SHA-256 of bytes, as 64 lower-case hexadecimal digits. @public */
export function sha256Hex(bytes: Uint8Array): string {
  return bytesToHex(sha256(bytes));
}

/** SHA-256 over {@link canonicalBytes}, as hexadecimal digits. @public */
export function digestOf(value: unknown): string {
  return sha256Hex(canonicalBytes(value));
}

function checkHashable(value: unknown, depth: number): void {
  if (depth > MAX_DEPTH) {
    throw new TypeError(`Nothing deeper than ${MAX_DEPTH} levels is hashed`);
  }
  switch (typeof value) {
    case 'boolean':
      return;
    case 'number':
      if (!Number.isSafeInteger(value)) {
        throw new TypeError(`Only whole numbers are hashed, not ${value}`);
      }
      return;
    case 'string':
      checkText(value);
      return;
    case 'object':
      if (value === null) return;
      if (Array.isArray(value)) {
        for (const each of value) checkHashable(each, depth + 1);
        return;
      }
      checkObject(value, depth);
      return;
    default:
      throw new TypeError(`A ${typeof value} has no canonical form`);
  }
}

function checkObject(value: object, depth: number): void {
  const prototype = Object.getPrototypeOf(value);
  // Of any realm: what a worker or a sandbox handed over is as plain.
  if (prototype !== null && Object.getPrototypeOf(prototype) !== null) {
    throw new TypeError('Only plain objects have a canonical form');
  }
  for (const [key, each] of Object.entries(value)) {
    checkText(key);
    checkHashable(each, depth + 1);
  }
}

function checkText(text: string): void {
  if (LONE_SURROGATE.test(text)) {
    throw new TypeError('Text with half of a surrogate pair is not hashed');
  }
}
