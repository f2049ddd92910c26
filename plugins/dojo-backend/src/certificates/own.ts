import type { Knex } from 'knex';
import { tables, type CredentialRow } from '../store/tables';
import type { Criteria } from '../belts/award';
import { identityHash, narrativeOf } from './issue';
import { idOf, type Issuer } from './issuer';
import { issuerIdOf, type Badge } from './shape';
import { verifyBadge, type Trust, type Verification } from './verify';

/** What verifying here is made of. */
export interface VerifyDeps {
  db: Knex;
  issuer: Issuer;
  now(): number;
}

const ID = /^[0-9a-f]{32}$/;
const NAME = /^[\w-]{1,128}$/;

/** A certificate of this portal by its id; one that is malformed costs as much as one there is not. */
export async function findCredential(
  db: Knex,
  id: string,
): Promise<CredentialRow | undefined> {
  return db(tables.credentials.name)
    .where({ id: ID.test(id) ? id : '' })
    .first();
}

/** What was asked for a belt by one of its rules, also in words. */
export async function findCriteria(
  db: Knex,
  belt: string,
  digest: string,
): Promise<(Criteria & { narrative: string }) | undefined> {
  // Of anything else a database could not even be asked.
  if (![belt, digest].every(part => NAME.test(part))) return undefined;
  const row = await db(tables.awards.name)
    .where({ belt_id: belt, rule_digest: digest })
    .first('criteria');
  if (!row) return undefined;
  const criteria: Criteria = JSON.parse(row.criteria);
  return { ...criteria, narrative: narrativeOf(criteria) };
}

/** Verifies a text by what this portal knows. */
export function verifyHere(
  text: string,
  { db, issuer, now }: VerifyDeps,
): Promise<Verification> {
  const trust: Trust = {
    issuers: issuer.trusted(),
    now,
    statusOf: badge => ownStatus(badge, db, issuer),
  };
  return verifyBadge(text, trust);
}

/** How an entry of one of our lists stands; of others nobody is asked. */
async function ownStatus(
  badge: Badge,
  db: Knex,
  { config }: Issuer,
): Promise<'good' | 'revoked' | 'superseded' | undefined> {
  const status = badge.credentialStatus;
  if (!status) return undefined;
  const urls = [config.url, ...config.aliases];
  // Others may name lists of ours; what stands in them is not about theirs.
  if (!urls.some(url => idOf(url) === issuerIdOf(badge))) return undefined;
  const list = urls
    .map(url => `${url}/public/status/`)
    .find(prefix => status.statusListCredential.startsWith(prefix));
  const number = list && status.statusListCredential.slice(list.length);
  if (!number || !/^[1-9]\d{0,8}$/.test(number)) return undefined;
  const row: CredentialRow | undefined = await db(tables.credentials.name)
    .where({
      status_list: Number(number),
      status_index: Number(status.statusListIndex),
    })
    .first();
  // Kept by nobody here any more: erased at the wish of its holder.
  if (!row) return undefined;
  if (row.revoked_at === null) return 'good';
  return row.reason === 'superseded' ? 'superseded' : 'revoked';
}

/** Whether a certificate was issued to an address; undefined where it names none. */
export function isIssuedTo(badge: Badge, email: string): boolean | undefined {
  const known = (badge.credentialSubject.identifier ?? []).filter(
    each => each.identityType === 'emailAddress',
  );
  if (known.length === 0) return undefined;
  const value = email.trim().toLowerCase();
  return known.some(({ hashed, identityHash: hash, salt = '' }) => {
    if (!hashed) return hash.toLowerCase() === value;
    return hash === identityHash(value, salt);
  });
}
