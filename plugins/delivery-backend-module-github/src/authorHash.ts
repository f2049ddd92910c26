import { createHmac } from 'node:crypto';

/**
 * Keyed hash of a GitHub login: the same person has one hash per host, and
 * nobody without the key can try logins against it.
 *
 * @returns 64 hexadecimal digits (HMAC-SHA-256)
 */
export function hashLogin(key: string, host: string, login: string): string {
  return createHmac('sha256', key)
    .update(`${host}/${login}`.toLowerCase())
    .digest('hex');
}
