import { lookup as lookUp } from 'node:dns/promises';
import { isIP, type LookupFunction } from 'node:net';
import ipaddr from 'ipaddr.js';

/** What a name leads to. */
export type Resolve = (host: string) => Promise<readonly string[]>;

/** What the resolver of this machine says. */
export const resolveHere: Resolve = async host =>
  (await lookUp(host, { all: true, verbatim: true })).map(
    ({ address }) => address,
  );

/**
 * Whether an address is one of the public Internet. What is not known to be is
 * not: private, link-local, loopback, carrier-grade and translated ones alike.
 */
export function isPublicAddress(address: string): boolean {
  if (!ipaddr.isValid(address)) return false;
  return ipaddr.process(address).range() === 'unicast';
}

/** A host leads to an address that is not asked. */
export class NotPublicError extends Error {}

/**
 * The one address a host is asked at: it is looked up once, and the connection
 * goes there whatever the name says a moment later. A name that leads to one
 * address that is not public is not asked at all.
 *
 * @throws NotPublicError
 */
export async function pinnedAddress(
  host: string,
  resolve: Resolve,
  isPublic: (address: string) => boolean,
): Promise<string> {
  const bare = host.replace(/^\[|\]$/g, '');
  const addresses = isIP(bare) ? [bare] : await resolve(bare);
  if (addresses.length === 0 || !addresses.every(isPublic)) {
    throw new NotPublicError('not a public address');
  }
  return addresses[0];
}

/** Answers every question for a name with one address. */
export function lookupOf(address: string): LookupFunction {
  const family = isIP(address);
  return (_host, options, done) =>
    options.all
      ? done(null, [{ address, family }])
      : done(null, address, family);
}
