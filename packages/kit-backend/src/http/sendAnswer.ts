import type { Route } from '@fawkes/kit-contract';
import type { Request, Response } from 'express';

/** An answer with another status than the route's usual one. @public */
export class Answered<T> {
  constructor(
    /** The answer. */
    readonly value: T,
    /** Its status; the usual one of the route when left out. */
    readonly status?: number,
  ) {}
}

/**
 * Answers with JSON, or with CSV when that is what the caller prefers. Where a
 * list goes on is in the Link header too: CSV has no other place for it.
 */
export function sendAnswer(
  request: Request,
  response: Response,
  route: Route,
  { value, status }: Answered<unknown>,
  toCsv: ((value: unknown) => string) | undefined,
): void {
  response.status(status ?? route.status ?? (route.answer ? 200 : 204));
  if (!route.answer) {
    response.end();
    return;
  }
  if (toCsv) response.vary('Accept');
  if (hasNext(value)) {
    const next = new URL(request.originalUrl, 'http://portal');
    next.searchParams.set('cursor', value.nextCursor);
    response.links({ next: `${next.pathname}${next.search}` });
  }
  if (toCsv && request.accepts(['json', 'text/csv']) === 'text/csv') {
    response.type('text/csv').send(toCsv(value));
  } else {
    response.json(value);
  }
}

function hasNext(value: unknown): value is { nextCursor: string } {
  return (
    typeof value === 'object' &&
    value !== null &&
    'nextCursor' in value &&
    typeof value.nextCursor === 'string'
  );
}
