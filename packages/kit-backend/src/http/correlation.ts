import type { RequestHandler, Response } from 'express';
import { v7 as uuid } from 'uuid';

const HEADER = 'X-Correlation-ID';
const ALLOWED = /^[\w.:-]{1,128}$/;

/** Takes the caller's correlation id when it is a sane one, else makes one. @public */
export function correlation(): RequestHandler {
  return (request, response, next) => {
    const sent = request.header(HEADER);
    const id = sent && ALLOWED.test(sent) ? sent : uuid();
    response.locals.correlationId = id;
    response.setHeader(HEADER, id);
    next();
  };
}

/** The correlation id of the request being answered. @public */
export function correlationOf(response: Response): string {
  return String(response.locals.correlationId);
}
