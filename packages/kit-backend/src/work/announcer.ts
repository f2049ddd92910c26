import type { LoggerService } from '@backstage/backend-plugin-api';
import type { EventsService } from '@backstage/plugin-events-node';
import type { SignalsService } from '@backstage/plugin-signals-node';

/** Quiet time between two announcements, ms. */
const PAUSE_MS = 500;
/** More names than this are announced to screens as "many". */
const MOST_TAGS = 50;

/**
 * Where an {@link Announcer} announces.
 *
 * @public
 */
export interface AnnouncerOptions {
  /** Reaches screens. */
  signals: SignalsService;
  /** Reaches other plugins. */
  events: EventsService;
  /** Hears, as debug, what could not be announced. */
  logger: LoggerService;
  /** Signals channel of the screens. */
  channel: string;
  /** What a name is called there: everybody who is signed in listens. */
  tagOf(name: string): string;
  /** Topic of other plugins. */
  topic: string;
  /** What they are told. */
  payloadOf(names: string[]): object;
}

/**
 * Tells screens and other plugins what has news, a few times a second at most.
 * Screens hear tags (`{ tags }`, null for very many) and plugins names: what the
 * news are, each asks with its own permissions.
 *
 * @public
 */
export class Announcer {
  readonly #options: AnnouncerOptions;
  readonly #pending = new Set<string>();
  #timer: NodeJS.Timeout | undefined;

  constructor(options: AnnouncerOptions) {
    this.#options = options;
  }

  /** Notes names; the first of a burst go out at once, the others together. */
  announce(names: readonly string[]): void {
    names.forEach(name => this.#pending.add(name));
    if (this.#timer) return;
    void this.#flush();
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      if (this.#pending.size > 0) this.announce([]);
    }, PAUSE_MS);
    this.#timer.unref();
  }

  async #flush(): Promise<void> {
    const { signals, events, channel, topic, payloadOf } = this.#options;
    const names = [...this.#pending].sort();
    this.#pending.clear();
    const tags = names.length > MOST_TAGS ? null : this.#tagsOf(names);
    // Each by itself: screens poll when signals are away, and other plugins
    // hear of it all the same.
    await this.#say(() =>
      signals.publish({
        recipients: { type: 'broadcast' },
        channel,
        message: { tags },
      }),
    );
    await this.#say(() =>
      events.publish({ topic, eventPayload: payloadOf(names) }),
    );
  }

  /** In an order that says nothing about the names. */
  #tagsOf(names: readonly string[]): string[] {
    return [...new Set(names.map(this.#options.tagOf))].sort();
  }

  async #say(publish: () => Promise<void>): Promise<void> {
    try {
      await publish();
    } catch (error) {
      this.#options.logger.debug('News could not be announced', {
        error: String(error),
      });
    }
  }
}
