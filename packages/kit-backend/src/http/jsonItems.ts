import { setImmediate } from 'node:timers/promises';
import { InputError } from '@backstage/errors';
import { PayloadTooLargeError } from './errors';

/** How long work may keep others waiting, in ms. */
const SLICE_MS = 10;

const NO_JSON = 'is not JSON';
const NO_ARRAY =
  'The body is not JSON; send an array of items, one item, or lines (NDJSON) with Content-Type: application/x-ndjson';

/** What {@link jsonItems} refuses. @public */
export interface JsonItemsLimits {
  /** Most items of the array. */
  items: number;
  /** Largest item, in UTF-16 code units. */
  itemLength: number;
  /** Deepest nesting of an item. */
  depth: number;
  /** Most values in an item, counted by the commas between them. */
  values: number;
}

/** An item of a JSON array: its value, or why it has none. @public */
export type JsonItem =
  | { value: unknown }
  | { text: string; fault: { path: string; reason: string } };

/**
 * Does something to each item without keeping other requests waiting: after
 * every 10 ms the event loop gets its turn.
 * @public
 */
export async function inSlices<T, R>(
  items: readonly T[],
  work: (item: T, index: number) => R,
): Promise<R[]> {
  const results: R[] = [];
  let begun = performance.now();
  for (const [index, item] of items.entries()) {
    results.push(work(item, index));
    if (performance.now() - begun > SLICE_MS) {
      await setImmediate();
      begun = performance.now();
    }
  }
  return results;
}

/**
 * Reads a body that is a JSON array, or one value, item by item. A large body
 * does not hold up other requests, and an item that is no JSON, too large or
 * nested too deeply is one refused item; the others are kept.
 *
 * @throws InputError when the body as a whole is no array of items
 * @throws PayloadTooLargeError when there are too many items
 * @public
 */
export async function jsonItems(
  body: string,
  limits: JsonItemsLimits,
): Promise<JsonItem[]> {
  if (!/^\s*\[/.test(body)) {
    const only = readItem(body.trim(), limits);
    // Most likely lines that were sent as something else.
    if ('fault' in only && only.fault.reason === NO_JSON) {
      throw new InputError(NO_ARRAY);
    }
    return [only];
  }
  const ranges = await findItems(body, limits.items);
  return inSlices(ranges, ([start, end]) =>
    readItem(body.slice(start, end).trim(), limits),
  );
}

/** Reads one item; see {@link jsonItems}. @public */
export function readItem(
  text: string,
  limits: Omit<JsonItemsLimits, 'items'>,
): JsonItem {
  const refuse = (reason: string): JsonItem => ({
    text,
    fault: { path: '', reason },
  });
  if (text.length > limits.itemLength) {
    return refuse(
      `has ${text.length} characters; an item may have ${limits.itemLength}`,
    );
  }
  const fault = faultOfShape(text, limits);
  if (fault) return refuse(fault);
  try {
    return { value: JSON.parse(text) };
  } catch {
    return refuse(NO_JSON);
  }
}

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COMMA = 0x2c;

const isOpening = (code: number) => code === 0x5b || code === 0x7b;
const isClosing = (code: number) => code === 0x5d || code === 0x7d;

/**
 * What speaks against a text before it is parsed: brackets and braces nested too
 * deeply, or too many commas outside strings. A text of nothing but brackets takes
 * `JSON.parse` and whatever comes after it twenty times as long as one of words.
 */
function faultOfShape(
  text: string,
  limits: Pick<JsonItemsLimits, 'depth' | 'values'>,
): string | undefined {
  let depth = 0;
  let values = 1;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === QUOTE) at = endOfString(text, at);
    else if (isOpening(code)) {
      if (++depth > limits.depth) {
        return `is nested more than ${limits.depth} levels deep`;
      }
    } else if (isClosing(code)) depth--;
    else if (code === COMMA && ++values > limits.values) {
      return `holds more than ${limits.values} values`;
    }
  }
  return undefined;
}

/** Index of the closing quote; the end of the text when there is none. */
function endOfString(text: string, start: number): number {
  for (let at = start + 1; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === BACKSLASH) at++;
    else if (code === QUOTE) return at;
  }
  return text.length;
}

/** Characters looked at between two turns of the event loop. */
const STRIDE = 256 * 1024;

/** Where the items of an array begin and end. */
async function findItems(
  body: string,
  most: number,
): Promise<Array<readonly [start: number, end: number]>> {
  const first = body.indexOf('[');
  const ranges: Array<readonly [number, number]> = [];
  let depth = 0;
  let start = first + 1;
  let next = STRIDE;
  for (let at = first; at < body.length; at++) {
    if (at >= next) {
      await setImmediate();
      next = at + STRIDE;
    }
    const code = body.charCodeAt(at);
    if (code === QUOTE) at = endOfString(body, at);
    else if (isOpening(code)) depth++;
    else if (isClosing(code)) {
      depth--;
      if (depth > 0) continue;
      if (code !== 0x5d || body.slice(at + 1).trim() !== '') break;
      const last = body.slice(start, at).trim() !== '';
      if (last) ranges.push([start, at]);
      else if (ranges.length > 0) break;
      refuseTooMany(ranges.length, most);
      return ranges;
    } else if (code === COMMA && depth === 1) {
      if (body.slice(start, at).trim() === '') break;
      ranges.push([start, at]);
      start = at + 1;
      refuseTooMany(ranges.length, most);
    }
  }
  throw new InputError(NO_ARRAY);
}

function refuseTooMany(count: number, most: number): void {
  if (count > most) {
    throw new PayloadTooLargeError(
      `A request may hold at most ${most} items; this one holds more`,
    );
  }
}
