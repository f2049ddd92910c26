import type { LoggerService } from '@backstage/backend-plugin-api';
import type { EventsService } from '@backstage/plugin-events-node';
import type { SignalsService } from '@backstage/plugin-signals-node';
import {
  DELIVERY_EVENT_TOPIC,
  DELIVERY_SIGNAL_CHANNEL,
  signalTag,
  type DeliverySignal,
  type DerivedEventPayload,
} from '@fawkes/backstage-plugin-delivery-common';

/** Quiet time between two announcements, ms. */
const PAUSE_MS = 500;
/** More services than this are announced to screens as "many". */
const MOST_TAGS = 50;

/**
 * Tells screens and other plugins which services have new numbers, a few times
 * a second at most. Screens hear tags and plugins names: what the numbers are,
 * each caller asks with its own permissions.
 */
export class Announcer {
  readonly #pending = new Set<string>();
  #timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly signals: SignalsService,
    private readonly events: EventsService,
    private readonly logger: LoggerService,
  ) {}

  /** Notes services; the first of a burst goes out at once. */
  derived(services: readonly string[]): void {
    services.forEach(service => this.#pending.add(service));
    if (this.#timer) return;
    void this.#flush();
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      if (this.#pending.size > 0) this.derived([]);
    }, PAUSE_MS);
    this.#timer.unref();
  }

  async #flush(): Promise<void> {
    const names = [...this.#pending].sort();
    this.#pending.clear();
    const message: DeliverySignal = {
      tags: names.length > MOST_TAGS ? null : tagsOf(names),
    };
    const payload: DerivedEventPayload = { services: names };
    // Each by itself: screens poll when signals are away, and other plugins
    // hear of it all the same.
    await this.#say(() =>
      this.signals.publish({
        recipients: { type: 'broadcast' },
        channel: DELIVERY_SIGNAL_CHANNEL,
        message: { ...message },
      }),
    );
    await this.#say(() =>
      this.events.publish({
        topic: DELIVERY_EVENT_TOPIC,
        eventPayload: payload,
      }),
    );
  }

  async #say(publish: () => Promise<void>): Promise<void> {
    try {
      await publish();
    } catch (error) {
      this.logger.debug('New numbers could not be announced', {
        error: String(error),
      });
    }
  }
}

/** In an order that says nothing about the names. */
function tagsOf(names: readonly string[]): string[] {
  return [...new Set(names.map(signalTag))].sort();
}
