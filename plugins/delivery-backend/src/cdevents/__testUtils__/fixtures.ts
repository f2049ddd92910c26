import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
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
import {
  createCdeventsSource,
  type CdeventsSourceOptions,
} from '../cdeventsSource';

/** JSON as an event carries it. */
export type Json = { [field: string]: unknown };

const FOLDER = join(__dirname, '..', '__fixtures__');

/** Every conformance file, by name without its ending. */
export const conformance: ReadonlyMap<string, Json> = new Map(
  readdirSync(FOLDER)
    .filter(file => file.endsWith('.json'))
    .map(file => [
      file.replace(/\.json$/, ''),
      JSON.parse(readFileSync(join(FOLDER, file), 'utf8')),
    ]),
);

/** A conformance event with some fields edited. */
export function cdevent(name: string, edits: Json = {}): Json {
  const found = conformance.get(name);
  if (!found) throw new Error(`No conformance file ${name}`);
  return merge(found, edits) as Json;
}

/** Maps an event the way the backend would. */
export function map(payload: unknown, options?: CdeventsSourceOptions): Mapped {
  return createCdeventsSource(options).map({ deliveryId: 'a b', payload });
}

/** The claims of events, joined; fails the test when there are none. */
export function claimsOf(...events: Json[]): Claim[] {
  return events.flatMap(event => {
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
