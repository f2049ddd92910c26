import {
  factKeyOf,
  factOf,
  joinFacts,
  resolveFact,
  type Claim,
  type FactState,
  type ResolvedFact,
} from '@fawkes/backstage-plugin-delivery-common';
import type { Mapped } from '@fawkes/backstage-plugin-delivery-node';
import { createCdeventsSource } from '../cdeventsSource';
import { events, type Json } from './events';

export type { Json } from './events';

/** The event of a type, such as `service.deployed`, with some fields edited. */
export function cdevent(name: string, edits: Json = {}): Json {
  const found = events.get(name);
  if (!found) throw new Error(`No event of type ${name}`);
  return merge(found, edits) as Json;
}

/** Maps an event the way the backend would. */
export function map(payload: unknown): Mapped {
  return createCdeventsSource().map({ deliveryId: 'a b', payload });
}

/** The claims of events, joined; fails the test when there are none. */
export function claimsOf(...sent: Json[]): Claim[] {
  return sent.flatMap(event => {
    const mapped = map(event);
    if (mapped.outcome !== 'claims') throw new Error(JSON.stringify(mapped));
    return mapped.claims;
  });
}

/** What claims about one fact add up to. */
export function resolveOne(claims: Claim[]): ResolvedFact {
  if (new Set(claims.map(factKeyOf)).size !== 1) {
    throw new Error(`More than one fact: ${claims.map(factKeyOf).join(' ')}`);
  }
  return resolveFact(
    claims.map(factOf).reduce((a: FactState, b) => joinFacts(a, b)),
  );
}

function merge(base: unknown, edits: unknown): unknown {
  if (!isObject(base) || !isObject(edits)) return edits;
  const merged: Json = { ...base };
  for (const [name, value] of Object.entries(edits)) {
    merged[name] = merge(merged[name], value);
  }
  return merged;
}

function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
