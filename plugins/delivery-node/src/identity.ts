import { createHmac } from 'node:crypto';
import type { Config } from '@backstage/config';
import { InputError } from '@backstage/errors';

const IDENTITY_KEY = 'delivery.identityKey';
const SHORTEST_KEY = 16;

/**
 * Reads the one key that all hashes of people are made with. Without it no
 * people are kept: a key made up at each start would give one person many hashes.
 *
 * @throws InputError when it is too short to hide anybody
 * @public
 */
export function readIdentityKey(config: Config): string | undefined {
  const key = config.getOptionalString(IDENTITY_KEY);
  if (key !== undefined && key.length < SHORTEST_KEY) {
    throw new InputError(
      `${IDENTITY_KEY} must have at least ${SHORTEST_KEY} characters: a shorter key can be guessed, and with it the logins behind the hashes`,
    );
  }
  return key;
}

/**
 * Keyed hash of a person: the same name has one hash, and nobody without the
 * key can try names against it. A login is hashed with its host, so it is
 * another one on another host, and another one than a user of the catalog.
 *
 * @param name - `host/login`, or the reference of a user; any case
 * @returns 64 hexadecimal digits (HMAC-SHA-256)
 * @public
 */
export function hashIdentity(key: string, name: string): string {
  return createHmac('sha256', key).update(name.toLowerCase()).digest('hex');
}
