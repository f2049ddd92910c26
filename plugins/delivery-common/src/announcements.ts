/** Signals channel on which new facts are announced. @public */
export const DELIVERY_SIGNAL_CHANNEL = 'delivery:services';

/**
 * What a signal says: something of these services is new. Everybody who is
 * signed in hears it, also who may not know that a service exists; so services
 * go by their {@link signalTag} here.
 * @public
 */
export interface DeliverySignal {
  /** Tags of services; `null` when there are too many to list. */
  tags: string[] | null;
}

/**
 * Events of the family, published after facts are derived. Payload:
 * {@link DerivedEventPayload}.
 * @public
 */
export const DELIVERY_EVENT_TOPIC = 'delivery.derived';

/** What other backend plugins are told on {@link DELIVERY_EVENT_TOPIC}. @public */
export interface DerivedEventPayload {
  /** Entity refs of the services with new numbers. */
  services: string[];
}

/**
 * The tag of a service in a signal: 16 bits of its entity ref (FNV-1a, folded).
 * Whoever knows the service recognises it. Whoever does not learns no name from
 * it, and cannot make sure of a guess: about one name in 65,536 has the same
 * tag. A chance hit costs one question more.
 *
 * @see http://www.isthe.com/chongo/tech/comp/fnv/
 * @param service - entity ref, any case
 * @public
 */
export function signalTag(service: string): string {
  let hash = 0x811c9dc5;
  for (const byte of new TextEncoder().encode(service.toLowerCase())) {
    hash = Math.imul(hash ^ byte, 0x01000193);
  }
  const folded = ((hash >>> 16) ^ hash) & 0xffff;
  return folded.toString(16).padStart(4, '0');
}
