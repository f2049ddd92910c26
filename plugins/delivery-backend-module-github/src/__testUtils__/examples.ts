import {
  factKeyOf,
  factOf,
  joinFacts,
  resolveFact,
  type Claim,
  type ResolvedFact,
} from '@fawkes/backstage-plugin-delivery-common';
import type { Mapped } from '@fawkes/backstage-plugin-delivery-node';
import definitions from '@octokit/webhooks-examples';
import { createGithubSource, type GithubSourceOptions } from '../githubSource';

/** JSON as a webhook carries it. */
export type Payload = { [field: string]: unknown };

interface Example {
  event: string;
  action: unknown;
  payload: Payload;
}

/** Every payload GitHub publishes as an example. */
export const examples: Example[] = definitions.flatMap(
  ({ name, examples: all }) =>
    (all as unknown as Payload[]).map(payload => ({
      event: name,
      action: payload.action,
      payload,
    })),
);

/** The first published example of an event, with some fields edited. */
export function example(
  event: string,
  edits: Payload = {},
  action?: string,
): Payload {
  const found = examples.find(
    item => item.event === event && (!action || item.action === action),
  );
  if (!found)
    throw new Error(`No published example of ${event} ${action ?? ''}`);
  return merge(found.payload, edits) as Payload;
}

/** Maps a payload the way the backend would. */
export function map(
  event: string,
  payload: unknown,
  options?: GithubSourceOptions,
): Mapped {
  return createGithubSource(options).map({
    deliveryId: '0c9d6f34-5b1e-4a7f-8d21-3e6a90b47f15',
    headers: { 'x-github-event': event },
    payload,
  });
}

/** The claims of an answer; fails the test when there are none. */
export function claimsOf(mapped: Mapped): Claim[] {
  if (mapped.outcome !== 'claims') throw new Error(JSON.stringify(mapped));
  return mapped.claims;
}

/** What claims add up to, by fact. */
export function resolveAll(claims: Claim[]): Map<string, ResolvedFact> {
  const states = new Map<string, ReturnType<typeof factOf>>();
  for (const claim of claims) {
    const key = factKeyOf(claim);
    const known = states.get(key);
    states.set(key, known ? joinFacts(known, factOf(claim)) : factOf(claim));
  }
  return new Map([...states].map(([key, state]) => [key, resolveFact(state)]));
}

/** The one fact that claims add up to. */
export function resolveOne(claims: Claim[]): object {
  const facts = [...resolveAll(claims).values()];
  if (facts.length !== 1 || facts[0].status !== 'known') {
    throw new Error(JSON.stringify(facts));
  }
  return facts[0].record;
}

function merge(base: unknown, edits: unknown): unknown {
  if (!isObject(base) || !isObject(edits)) return edits;
  const merged: Payload = { ...base };
  for (const [name, value] of Object.entries(edits)) {
    merged[name] = merge(merged[name], value);
  }
  return merged;
}

function isObject(value: unknown): value is Payload {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
