import type { LoggerService } from '@backstage/backend-plugin-api';
import type { EventsService } from '@backstage/plugin-events-node';
import type { DeliverySource } from '@fawkes/backstage-plugin-delivery-node';
import type { Knex } from 'knex';
import { keepMessages } from '../store/inbox';
import { sha256 } from '../store/keys';
import { canonicalJson } from '@fawkes/backstage-plugin-delivery-common';

/**
 * Takes the messages of the sources' topics into the inbox. Backstage's events
 * system has checked their signatures; it waits for us, so that a webhook is
 * answered once its message is durable.
 */
export async function listenToTopics(options: {
  db: Knex;
  events: EventsService;
  logger: LoggerService;
  sources: ReadonlyMap<string, DeliverySource>;
  now: () => number;
  onKept: () => void;
}): Promise<void> {
  const { db, events, sources, now, onKept } = options;
  for (const source of sources.values()) {
    if (!source.topics?.length) continue;
    await events.subscribe({
      id: `delivery-${source.id}`,
      topics: source.topics,
      onEvent: async ({ topic, eventPayload, metadata }) => {
        const key = source.deliveryId?.({
          topic,
          payload: eventPayload,
          metadata,
        });
        await keepMessages(
          db,
          [
            {
              channel: source.id,
              source: source.id,
              deliveryId: (key ?? sha256(canonicalJson(eventPayload))).slice(
                0,
                255,
              ),
              payload: JSON.stringify(eventPayload ?? null),
              headers: singleHeaders(metadata),
            },
          ],
          now(),
        );
        onKept();
      },
    });
  }
}

/** Only what mappers read: never the signature or anything else of a request. */
const KEPT = /^x-(github|gitlab)-(event|delivery|event-uuid)$/;

function singleHeaders(
  metadata: Record<string, string | string[] | undefined> | undefined,
): Record<string, string> {
  return Object.fromEntries(
    Object.entries(metadata ?? {}).flatMap(([name, value]) => {
      const first = Array.isArray(value) ? value[0] : value;
      return first !== undefined && KEPT.test(name.toLowerCase())
        ? [[name.toLowerCase(), first]]
        : [];
    }),
  );
}
