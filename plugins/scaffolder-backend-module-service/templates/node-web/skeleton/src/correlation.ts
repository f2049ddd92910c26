import { randomUUID } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';

export const CORRELATION_HEADER = 'x-correlation-id';

const FIT = /^[A-Za-z0-9._-]{1,64}$/;
const TRACEPARENT = /^[0-9a-f]{2}-([0-9a-f]{32})-[0-9a-f]{16}-[0-9a-f]{2}$/;

/** The caller's id where it is one that a log can hold; a new one otherwise. */
export function correlationIdOf(headers: IncomingHttpHeaders): string {
  const told = headers[CORRELATION_HEADER];
  return typeof told === 'string' && FIT.test(told) ? told : randomUUID();
}

/** The trace a caller is in, by W3C Trace Context. */
export function traceIdOf(headers: IncomingHttpHeaders): string | undefined {
  const told = headers.traceparent;
  return typeof told === 'string' ? TRACEPARENT.exec(told)?.[1] : undefined;
}
