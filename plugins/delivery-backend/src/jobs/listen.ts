import { setTimeout as pause } from 'node:timers/promises';
import type { LoggerService } from '@backstage/backend-plugin-api';
import type { EventsService } from '@backstage/plugin-events-node';
import { canonicalJson } from '@fawkes/kit-contract';
import type { DeliverySource } from '@fawkes/backstage-plugin-delivery-node';
import { sha256 } from '@fawkes/kit-backend/sql';
import type { Knex } from 'knex';
import { isRefusal } from '../intake/processInbox';
import { keepMessages, type InboxMessage } from '../store/inbox';

/** First pause before a message is tried again, ms; it doubles. */
const FIRST_PAUSE_MS = 250;
/**
 * Attempts before a message is given up, about two minutes: whoever sends
 * webhooks has given up by then, and sends again because nothing was accepted.
 */
const ATTEMPTS = 10;
/** As much of a header as is kept, in characters. */
const LONGEST_HEADER = 1_024;

/**
 * Takes the messages of the sources' topics into the inbox. Backstage's events
 * system has checked their signatures. It waits for us, so that a webhook is
 * answered once its message is durable; but it swallows our errors and would
 * answer 202 all the same, so a database that is away is waited for.
 */
export async function listenToTopics(options: {
  db: Knex;
  events: EventsService;
  logger: LoggerService;
  sources: ReadonlyMap<string, DeliverySource>;
  now: () => number;
  onKept: () => void;
  /** Ends the waiting when the backend stops. */
  signal?: AbortSignal;
}): Promise<void> {
  const { db, events, logger, sources, now, onKept, signal } = options;
  for (const source of sources.values()) {
    if (!source.topics?.length) continue;
    const kept = new Set(source.keptHeaders);
    await events.subscribe({
      id: `delivery-${source.id}`,
      topics: source.topics,
      onEvent: async ({ topic, eventPayload, metadata }) => {
        const key = source.deliveryId?.({
          topic,
          payload: eventPayload,
          metadata,
        });
        const message: InboxMessage = {
          channel: source.id,
          source: source.id,
          // An empty key is none: it would make one of many messages.
          deliveryId: (key || sha256(canonicalJson(eventPayload))).slice(
            0,
            255,
          ),
          payload: JSON.stringify(eventPayload ?? null),
          headers: keptHeaders(metadata, kept),
        };
        await untilKept(() => keepMessages(db, [message], now()), {
          logger,
          signal,
        });
        onKept();
      },
    });
  }
}

async function untilKept(
  keep: () => Promise<unknown>,
  { logger, signal }: { logger: LoggerService; signal?: AbortSignal },
): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      await keep();
      return;
    } catch (error) {
      if (attempt === ATTEMPTS || isRefusal(error)) throw error;
      logger.warn('A message could not be kept yet', {
        attempt,
        error: String(error),
      });
    }
    await pause(FIRST_PAUSE_MS * 2 ** (attempt - 1), undefined, { signal });
  }
}

/** Only what the mapper reads: never the signature or anything else of a request. */
function keptHeaders(
  metadata: Record<string, string | string[] | undefined> | undefined,
  kept: ReadonlySet<string>,
): Record<string, string> {
  return Object.fromEntries(
    Object.entries(metadata ?? {}).flatMap(([name, value]) => {
      const first = Array.isArray(value) ? value[0] : value;
      return first !== undefined && kept.has(name.toLowerCase())
        ? [[name.toLowerCase(), first.slice(0, LONGEST_HEADER)]]
        : [];
    }),
  );
}
