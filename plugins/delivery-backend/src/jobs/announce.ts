import type { LoggerService } from '@backstage/backend-plugin-api';
import type { EventsService } from '@backstage/plugin-events-node';
import type { SignalsService } from '@backstage/plugin-signals-node';
import {
  DELIVERY_EVENT_TOPIC,
  DELIVERY_SIGNAL_CHANNEL,
  type DeliverySignal,
} from '@fawkes/backstage-plugin-delivery-common';

/** Quiet time between two announcements, ms. */
const PAUSE_MS = 500;
/** More services than this are announced as "many". */
const MOST_NAMED = 50;

/**
 * Tells screens and other plugins which services have new numbers, a few times
 * a second at most. Only names go out: what the numbers are, each caller asks
 * with its own permissions.
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
      services: names.length > MOST_NAMED ? null : names,
    };
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
        eventPayload: { services: names },
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
