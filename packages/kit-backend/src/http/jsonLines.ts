import { setImmediate } from 'node:timers/promises';
import { PayloadTooLargeError } from './errors';
import {
  inSlices,
  readItem,
  type JsonItem,
  type JsonItemsLimits,
} from './jsonItems';

/** Lines looked at between two turns of the event loop. */
const STRIDE = 16 * 1024;

/**
 * Reads a body that is NDJSON, line by line. A large body does not hold up other
 * requests, and a line that is no JSON is one refused item; the others are kept.
 * Empty lines are none: they are passed over, however many there are.
 *
 * @throws PayloadTooLargeError when there are too many lines
 * @public
 */
export async function jsonLines(
  body: string,
  limits: JsonItemsLimits,
): Promise<JsonItem[]> {
  const lines: string[] = [];
  let start = 0;
  for (let seen = 1; start < body.length; seen++) {
    if (seen % STRIDE === 0) await setImmediate();
    const found = body.indexOf('\n', start);
    const end = found < 0 ? body.length : found;
    const line = body.slice(start, end);
    start = end + 1;
    if (line.trim() === '') continue;
    if (lines.length === limits.items) {
      throw new PayloadTooLargeError(
        `A request may hold at most ${limits.items} lines; this one holds more`,
      );
    }
    lines.push(line);
  }
  return inSlices(lines, line => readItem(line, limits));
}
