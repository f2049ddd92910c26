import { InputError } from '@backstage/errors';
import { MAX_EVENTS } from '@fawkes/backstage-plugin-delivery-common';
import {
  inSlices,
  jsonItems,
  PayloadTooLargeError,
  readItem,
  type JsonItem,
} from '@fawkes/kit-backend/http';

/** What one event may be: 1 MiB of characters, 64 levels deep. */
export const EVENT_LIMITS = {
  items: MAX_EVENTS,
  itemLength: 1024 * 1024,
  depth: 64,
};

/**
 * Reads a body of events: a JSON array, one JSON object, or NDJSON. An item that
 * is no JSON is one refused item; the others are kept.
 */
export async function readEvents(
  body: string,
  contentType: string | undefined,
): Promise<JsonItem[]> {
  const items = /ndjson|jsonl|json-seq/i.test(contentType ?? '')
    ? await readLines(body)
    : await jsonItems(body, EVENT_LIMITS);
  if (items.length === 0) {
    throw new InputError(
      'The body holds no event; send a JSON array or NDJSON of events',
    );
  }
  return items;
}

async function readLines(body: string): Promise<JsonItem[]> {
  const lines = body.split('\n').filter(line => line.trim() !== '');
  if (lines.length > MAX_EVENTS) {
    throw new PayloadTooLargeError(
      `A request may hold at most ${MAX_EVENTS} events; this one holds ${lines.length}`,
    );
  }
  return inSlices(lines, line => readItem(line, EVENT_LIMITS));
}
