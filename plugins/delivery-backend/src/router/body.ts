import { InputError } from '@backstage/errors';
import { jsonItems, jsonLines, type JsonItem } from '@fawkes/kit-backend/http';
import { EVENT_LIMITS } from '../intake/eventLimits';

/**
 * Reads a body of events: a JSON array, one JSON object, or NDJSON. An item that
 * is no JSON is one refused item; the others are kept.
 */
export async function readEvents(
  body: string,
  contentType: string | undefined,
): Promise<JsonItem[]> {
  const items = /ndjson|jsonl|json-seq/i.test(contentType ?? '')
    ? await jsonLines(body, EVENT_LIMITS)
    : await jsonItems(body, EVENT_LIMITS);
  if (items.length === 0) {
    throw new InputError(
      'The body holds no event; send a JSON array or NDJSON of events',
    );
  }
  return items;
}
