import type { Request, Response } from 'express';

/**
 * Answers with JSON, or with CSV when that is what the caller prefers. Where a
 * list goes on is in the Link header too: CSV has no other place for it.
 */
export function sendAs<T>(
  request: Request,
  response: Response,
  answer: T,
  toCsv: (answer: T) => string,
): void {
  response.vary('Accept');
  if (hasNext(answer)) {
    const next = new URL(request.originalUrl, 'http://portal');
    next.searchParams.set('cursor', answer.nextCursor);
    response.links({ next: `${next.pathname}${next.search}` });
  }
  if (request.accepts(['json', 'text/csv']) === 'text/csv') {
    response.type('text/csv').send(toCsv(answer));
  } else {
    response.json(answer);
  }
}

function hasNext(answer: unknown): answer is { nextCursor: string } {
  return (
    typeof answer === 'object' &&
    answer !== null &&
    'nextCursor' in answer &&
    typeof answer.nextCursor === 'string'
  );
}
