import type { Request, Response } from 'express';

/** Answers with JSON, or with CSV when that is what the caller prefers. */
export function sendAs<T>(
  request: Request,
  response: Response,
  answer: T,
  toCsv: (answer: T) => string,
): void {
  response.vary('Accept');
  if (request.accepts(['json', 'text/csv']) === 'text/csv') {
    response.type('text/csv').send(toCsv(answer));
  } else {
    response.json(answer);
  }
}
