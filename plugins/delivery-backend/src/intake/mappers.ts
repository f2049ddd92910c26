import {
  parseDeliveryEvent,
  type Claim,
} from '@fawkes/backstage-plugin-delivery-common';
import type {
  DeliverySource,
  Mapped,
  RawMessage,
} from '@fawkes/backstage-plugin-delivery-node';

/** Understands the messages of one channel. Pure. */
export type Mapper = (message: RawMessage, receivedAt: number) => Mapped;

/** The mapper of canonical events: they say themselves what they are. */
export const eventMapper: Mapper = (message, receivedAt) => {
  const parsed = parseDeliveryEvent(message.payload, receivedAt);
  return parsed.ok
    ? { outcome: 'claims', claims: [{ claim: 'whole', event: parsed.event }] }
    : { outcome: 'rejected', fault: parsed.fault };
};

/**
 * The mapper of a source: what it claims is held to the same contract as what
 * people send, so that a tool cannot tell what nobody else may.
 */
export function sourceMapper(source: Pick<DeliverySource, 'map'>): Mapper {
  return (message, receivedAt) => {
    const mapped = source.map(message);
    if (mapped.outcome !== 'claims') return mapped;
    const claims: Claim[] = [];
    for (const claim of mapped.claims) {
      if (claim.claim === 'partial') {
        claims.push(claim);
        continue;
      }
      const parsed = parseDeliveryEvent(claim.event, receivedAt);
      if (!parsed.ok) return { outcome: 'rejected', fault: parsed.fault };
      claims.push({ claim: 'whole', event: parsed.event });
    }
    return { outcome: 'claims', claims };
  };
}
