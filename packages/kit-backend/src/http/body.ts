import { InputError } from '@backstage/errors';
import type { Route } from '@fawkes/kit-contract';
import express, { type Request, type Response } from 'express';
import { PayloadTooLargeError, UnsupportedMediaError } from './errors';
import { readItem } from './jsonItems';

/** Largest body of a route that says nothing else (16 KiB). */
const USUAL_LIMIT = 16 * 1024;

/** What is held of a body that is taken as it comes. */
const STREAMED = 1024 * 1024;

/** What the JSON of a body may be beside its length. */
const SHAPE = { depth: 64, values: 32 * 1024 };

/**
 * Reads the body a route has; a raw one as text, and of a streamed one nothing. One that says it is too large
 * is refused before a byte of it is read.
 *
 * @param hold - is told how many bytes are about to be in flight
 */
export async function readBody(
  request: Request,
  response: Response,
  route: Route,
  hold: (bytes: number) => void,
): Promise<unknown> {
  if (!route.body && !route.raw) return undefined;
  const limit = route.limit ?? USUAL_LIMIT;
  const length = lengthOf(request);
  if (length !== undefined && length > limit) {
    throw new PayloadTooLargeError(
      `The body may hold at most ${limit} bytes; this one has ${length}`,
    );
  }
  if (route.raw?.streamed) {
    if (isPacked(request)) {
      throw new UnsupportedMediaError(
        'Send the bytes as they are, without Content-Encoding: what is kept and hashed is what was sent',
      );
    }
    hold(Math.min(STREAMED, length ?? STREAMED));
    return undefined;
  }
  hold(isPacked(request) ? limit : length ?? limit);
  const text = await readText(request, response, limit);
  if (route.raw) return text;
  if (text === '') return {};
  const item = readItem(text, { itemLength: limit, ...SHAPE });
  if ('fault' in item) throw new InputError(`The body ${item.fault.reason}`);
  return item.value;
}

async function readText(
  request: Request,
  response: Response,
  limit: number,
): Promise<string> {
  await new Promise<void>((resolve, reject) => {
    express.text({ type: () => true, limit })(request, response, error =>
      error ? reject(error) : resolve(),
    );
  });
  // Without a body express leaves an object here.
  return typeof request.body === 'string' ? request.body : '';
}

/** Whether a body gets larger as it is read: its length says nothing then. */
function isPacked(request: Request): boolean {
  const encoding = request.header('content-encoding');
  return encoding !== undefined && encoding.toLowerCase() !== 'identity';
}

/** The length a request names; undefined when it comes in chunks. */
function lengthOf(request: Request): number | undefined {
  const text = request.header('content-length');
  return text !== undefined && /^\d{1,15}$/.test(text)
    ? Number(text)
    : undefined;
}
