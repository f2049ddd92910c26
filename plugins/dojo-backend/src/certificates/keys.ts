import {
  createPrivateKey,
  createPublicKey,
  sign,
  verify,
  type KeyObject,
} from 'node:crypto';
import { fromBase58, toBase58 } from './base58';

// What stands before the bytes of an Ed25519 key in DER, and in a multikey.
const PKCS8 = Buffer.from('302e020100300506032b657004220420', 'hex');
const SPKI = Buffer.from('302a300506032b6570032100', 'hex');
const MULTICODEC = Buffer.from('ed01', 'hex');

/** A private key of its seed of 32 bytes. */
export function privateKeyOf(seed: Buffer): KeyObject {
  if (seed.length !== 32) throw new TypeError('An Ed25519 seed has 32 bytes');
  return createPrivateKey({
    key: Buffer.concat([PKCS8, seed]),
    format: 'der',
    type: 'pkcs8',
  });
}

/** The public half of a key, as a multikey. */
export function multikeyOf(key: KeyObject): string {
  const der = createPublicKey(key).export({ format: 'der', type: 'spki' });
  const raw = der.subarray(SPKI.length);
  return `z${toBase58(Buffer.concat([MULTICODEC, raw]))}`;
}

/** The public key a multikey says; undefined for what is none of Ed25519. */
export function publicKeyOf(multikey: string): KeyObject | undefined {
  if (!multikey.startsWith('z')) return undefined;
  const bytes = fromBase58(multikey.slice(1));
  if (bytes?.length !== 34 || !bytes.subarray(0, 2).equals(MULTICODEC)) {
    return undefined;
  }
  return createPublicKey({
    key: Buffer.concat([SPKI, bytes.subarray(2)]),
    format: 'der',
    type: 'spki',
  });
}

/** Signs bytes; the signature in base58 with the letter that says so. */
export function signWith(key: KeyObject, data: Buffer): string {
  return `z${toBase58(sign(null, data, key))}`;
}

/** Whether a signature is of these bytes and this key. */
export function isSignedBy(
  key: KeyObject,
  data: Buffer,
  signature: string,
): boolean {
  if (!signature.startsWith('z')) return false;
  const bytes = fromBase58(signature.slice(1));
  return bytes?.length === 64 && verify(null, data, key, bytes);
}
