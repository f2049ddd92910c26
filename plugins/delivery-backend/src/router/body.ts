import { InputError } from '@backstage/errors';
import type { ReceivedItem } from '../intake/recordEvents';

/** Most events a request may hold. */
export const MAX_EVENTS = 1_000;
/** Largest body, as express reads it (5 MiB). */
export const MAX_BODY_BYTES = 5 * 1024 * 1024;

/** More than a request may hold: 413. */
export class PayloadTooLargeError extends Error {
  override readonly name = 'PayloadTooLargeError';
  readonly statusCode = 413;
}

/**
 * Reads a body of events: a JSON array, one JSON object, or NDJSON. A line that
 * is no JSON is one refused item; the others are kept.
 */
export function readEvents(
  body: string,
  contentType: string | undefined,
): ReceivedItem[] {
  const items = /ndjson|jsonl|json-seq/i.test(contentType ?? '')
    ? readLines(body)
    : readArray(body);
  if (items.length === 0) {
    throw new InputError(
      'The body holds no event; send a JSON array or NDJSON of events',
    );
  }
  return items;
}

/** Refuses what is too much before any of it is looked at. */
function countEvents(count: number): void {
  if (count > MAX_EVENTS) {
    throw new PayloadTooLargeError(
      `A request may hold at most ${MAX_EVENTS} events; this one holds ${count}`,
    );
  }
}

function readArray(body: string): ReceivedItem[] {
  let value: unknown;
  try {
    value = JSON.parse(body);
  } catch {
    throw new InputError(
      'The body is not JSON; send an array of events, or NDJSON with Content-Type: application/x-ndjson',
    );
  }
  const values = Array.isArray(value) ? value : [value];
  countEvents(values.length);
  return values.map(item => ({ value: item }));
}

function readLines(body: string): ReceivedItem[] {
  const lines = body.split('\n').filter(line => line.trim() !== '');
  countEvents(lines.length);
  return lines.map(line => {
    try {
      return { value: JSON.parse(line) };
    } catch {
      return {
        text: line,
        fault: { path: '', reason: 'the line is not JSON' },
      };
    }
  });
}
