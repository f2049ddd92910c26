import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, concatBytes, utf8ToBytes } from '@noble/hashes/utils.js';
import { checkHash } from './chain';

/** Kind of key in C2SP's signed notes: Ed25519. */
const ED25519 = Uint8Array.of(1);

/** How long a record is, and its root. @public */
export interface Checkpoint {
  /** Host and log; also the name of the key. */
  origin: string;
  /** Number of entries; never 0. */
  size: number;
  /** Of RFC 9162's tree over their leaves. */
  root: Uint8Array;
}

/**
 * What is signed of a checkpoint.
 *
 * @throws RangeError for what no verifier would take
 * @public
 */
export function checkpointText({ origin, size, root }: Checkpoint): string {
  if (!Number.isSafeInteger(size) || size < 1) {
    throw new RangeError(`A checkpoint of ${size} entries is not signed`);
  }
  if (!isKeyName(origin)) {
    throw new RangeError('The name of a key has no spaces and no plus');
  }
  return `${origin}\n${size}\n${toBase64(checkHash(root))}\n`;
}

/** Whether a text can name a log and its key. @public */
export function isKeyName(name: string): boolean {
  return /^[^\s+]{1,200}$/u.test(name);
}

/**
 * A note: a text, an empty line, and a signature by a key.
 *
 * @param publicKey - 32 bytes
 * @param signature - of the text, 64 bytes
 * @public
 */
export function signedNote(
  text: string,
  name: string,
  publicKey: Uint8Array,
  signature: Uint8Array,
): string {
  if (signature.length !== 64) {
    throw new RangeError('A signature by Ed25519 has 64 bytes');
  }
  const signed = concatBytes(keyIdOf(name, publicKey), signature);
  return `${text}\n— ${name} ${toBase64(signed)}\n`;
}

/** The first 4 bytes of SHA-256(name ‖ newline ‖ 0x01 ‖ key). @public */
export function keyIdOf(name: string, publicKey: Uint8Array): Uint8Array {
  return sha256(
    concatBytes(utf8ToBytes(`${name}\n`), ED25519, checkHash(publicKey)),
  ).slice(0, 4);
}

/** A key as verifiers are given it: `name+id+base64`. @public */
export function verifierKey(name: string, publicKey: Uint8Array): string {
  const id = bytesToHex(keyIdOf(name, publicKey));
  return `${name}+${id}+${toBase64(concatBytes(ED25519, publicKey))}`;
}

/** Bytes as base64, in browser and backend alike. @public */
export function toBase64(bytes: Uint8Array): string {
  let text = '';
  for (const byte of bytes) text += String.fromCharCode(byte);
  return btoa(text);
}
