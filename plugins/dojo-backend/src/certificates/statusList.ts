import { gunzipSync, gzipSync } from 'node:zlib';

/** Entries of a list; a certificate is one among many, so that looking tells nothing. */
export const LIST_LENGTH = 131_072;

/** A bitstring with these entries set, as the specification encodes it. Bit 0 is the left-most. */
export function encodeList(set: Iterable<number>): string {
  const bits = Buffer.alloc(LIST_LENGTH / 8);
  for (const index of set) bits[index >> 3] |= 0x80 >> (index & 7);
  return `u${gzipSync(bits, { level: 9 }).toString('base64url')}`;
}

/** Whether an entry is set; undefined for a list that is none, or has no such entry. */
export function isSet(encoded: string, index: number): boolean | undefined {
  if (!encoded.startsWith('u') || encoded.length > 200_000) return undefined;
  try {
    const bits = gunzipSync(Buffer.from(encoded.slice(1), 'base64url'), {
      // A few bytes can become many.
      maxOutputLength: LIST_LENGTH,
    });
    const byte = bits[index >> 3];
    return byte === undefined ? undefined : (byte & (0x80 >> (index & 7))) > 0;
  } catch {
    return undefined;
  }
}
