import type {
  Claim,
  DeliveryEvent,
} from '@fawkes/backstage-plugin-delivery-common';
import { hashIdentity } from '@fawkes/backstage-plugin-delivery-node';

/** What is kept of somebody's name: a keyed hash; nothing where there is no key. */
export type HideName = (name: string) => string | undefined;

/** What is said in a refused event where no name is kept. */
const NOT_KEPT = '(not kept)';

/** What {@link HideName} makes of a name; no name looks like it. */
const HIDDEN = /^[0-9a-f]{64}$/;

/** Hides names with delivery's one key. */
export function hideNamesWith(key: string | undefined): HideName {
  return name => (key === undefined ? undefined : hashIdentity(key, name));
}

/** Whether an actor is kept as it may be. */
export function isHidden(actor: unknown): actor is string {
  return typeof actor === 'string' && HIDDEN.test(actor);
}

/** The event without the name of its actor. */
export function hideActor<E extends DeliveryEvent>(
  event: E,
  hide: HideName,
): E {
  if (event.type !== 'deployment' || event.actor === undefined) return event;
  const { actor, ...rest } = event;
  const hidden = hide(actor);
  return (hidden === undefined ? rest : { ...rest, actor: hidden }) as E;
}

/** The claim without the name of its actor. */
export function hideActorOf(claim: Claim, hide: HideName): Claim {
  if (claim.claim === 'whole') {
    return { ...claim, event: hideActor(claim.event, hide) };
  }
  const { actor, ...fields } = claim.fields;
  if (claim.type !== 'deployment' || actor === undefined) return claim;
  const hidden = hide(String(actor));
  return {
    ...claim,
    fields: hidden === undefined ? fields : { ...fields, actor: hidden },
  };
}

/**
 * The last gate before facts are kept: whatever way a claim came, an actor that
 * is no hash is left out.
 */
export function withoutName(claim: Claim): Claim {
  return hideActorOf(claim, actor => (isHidden(actor) ? actor : undefined));
}

/**
 * JSON of a refused event for people to look at and to replay, in which every
 * `actor` is hidden, wherever it is. What is no actor is said to be not kept: it
 * may be a name all the same.
 */
export function textWithoutNames(
  value: unknown,
  readActor: (value: unknown) => string | undefined,
  hide: HideName,
): string | undefined {
  return JSON.stringify(value, (name, inner: unknown) => {
    if (name !== 'actor') return inner;
    const actor = readActor(inner);
    return actor === undefined ? NOT_KEPT : hide(actor);
  });
}

/** Text that is no JSON, up to where it may name an actor. */
export function clipAtActor(text: string): string {
  const start = text.search(/\bactor\b/i);
  return start < 0 ? text : `${text.slice(0, start)}… ${NOT_KEPT}`;
}
