import {
  addShortened,
  parseDeliveryEvent,
  type Claim,
} from '@fawkes/backstage-plugin-delivery-common';
import type {
  DeliverySource,
  Mapped,
  RawMessage,
} from '@fawkes/backstage-plugin-delivery-node';

import { hideActor, hideActorOf, isHidden, type HideName } from './people';

/** Understands the messages of one channel. Pure. */
export type Mapper = (message: RawMessage, receivedAt: number) => Mapped;

/**
 * The mapper of canonical events: they say themselves what they are. They are
 * held to the contract once more, because a replay comes under newer rules; the
 * actor is a hash since it was taken in, and no longer what the contract asks.
 */
export const eventMapper: Mapper = (message, receivedAt) => {
  const { actor, rest } = takeHiddenActor(message.payload);
  const parsed = parseDeliveryEvent(rest, receivedAt, { kept: true });
  if (!parsed.ok) return { outcome: 'rejected', fault: parsed.fault };
  const event =
    parsed.event.type === 'deployment' && actor !== undefined
      ? { ...parsed.event, actor }
      : parsed.event;
  const { shortened } = parsed;
  return {
    outcome: 'claims',
    claims: [{ claim: 'whole', event }],
    ...(shortened && { shortened }),
  };
};

function takeHiddenActor(payload: unknown): {
  actor?: string;
  rest: unknown;
} {
  if (typeof payload !== 'object' || payload === null) return { rest: payload };
  const { actor, ...rest } = payload as Record<string, unknown>;
  return isHidden(actor) ? { actor, rest } : { rest: payload };
}

/**
 * The mapper of a source: what it claims is held to the same contract as what
 * people send, so that a tool cannot tell what nobody else may.
 */
export function sourceMapper(
  source: Pick<DeliverySource, 'map'>,
  hideName: HideName,
): Mapper {
  return (message, receivedAt) => {
    const mapped = source.map(message);
    if (mapped.outcome !== 'claims') return mapped;
    const claims: Claim[] = [];
    const shortened = [mapped.shortened];
    let { fault } = mapped;
    for (const claim of mapped.claims) {
      if (claim.claim === 'partial') {
        claims.push(hideActorOf(claim, hideName));
        continue;
      }
      const parsed = parseDeliveryEvent(claim.event, receivedAt, {
        kept: true,
      });
      if (!parsed.ok) {
        // One bad part costs itself, not its message.
        fault ??= parsed.fault;
        continue;
      }
      shortened.push(parsed.shortened);
      claims.push({
        claim: 'whole',
        event: hideActor(parsed.event, hideName),
      });
    }
    if (claims.length === 0 && fault) return { outcome: 'rejected', fault };
    const all = addShortened(shortened);
    return {
      outcome: 'claims',
      claims,
      ...(fault && { fault }),
      ...(all && { shortened: all }),
    };
  };
}
