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
