import { createHash } from 'node:crypto';

/**
 * SHA-256 of a text, 64 hex digits: a key of fixed width for names of any length.
 *
 * @public
 */
export function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
