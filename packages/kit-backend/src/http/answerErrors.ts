import type { LoggerService } from '@backstage/backend-plugin-api';
import type { ErrorRequestHandler, Request, Response } from 'express';
import { correlationOf } from './correlation';
import { AwayError, isAway, statusOf } from './errors';

/** Errors made for callers: the name is the promise. */
const CLIENT_ERRORS = new Set([
  'InputError',
  'NotAllowedError',
  'NotFoundError',
  'ConflictError',
]);

/**
 * The last word on every error. One made for the caller goes out with its
 * message and without its stack, in development too. What is away is 503 with
 * Retry-After. What another service answered stays with us: its status is about
 * our question, not the caller's. Anything else is logged whole and goes out as
 * a sentence with the correlation id to look for.
 */
export function answerErrors(logger: LoggerService): ErrorRequestHandler {
  return (error, request, response, next) => {
    if (isTorn(error, request)) {
      logger.debug('A caller went away before it was answered', {
        correlationId: correlationOf(response),
      });
      response.destroy();
      return;
    }
    const answer = answerTo(error, response, logger);
    const { retryAfter } = answer as { retryAfter?: number };
    if (retryAfter !== undefined && !response.headersSent) {
      response.setHeader('Retry-After', String(retryAfter));
    }
    if (!request.complete && !response.headersSent) {
      // What was not read would be taken for the next request.
      response.setHeader('Connection', 'close');
    }
    answer.stack = undefined;
    next(answer);
  };
}

function answerTo(
  error: unknown,
  response: Response,
  logger: LoggerService,
): Error {
  const correlationId = correlationOf(response);
  if (error instanceof AwayError) return error;
  if (isAway(error)) {
    logger.warn('Something a request needs is away', {
      correlationId,
      error: describe(error),
    });
    return new AwayError(
      `Something this needs is away at the moment; ask again in a few seconds. The log has more under ${correlationId}`,
    );
  }
  if (error instanceof Error) {
    if (error.name === 'AuthenticationError') return unknownCaller(error);
    if (isMeantForCaller(error)) return error;
  }
  logger.error('A request failed', { correlationId, error: describe(error) });
  return new Error(
    `Something went wrong on our side; the log has it under ${correlationId}`,
  );
}

/** Why a token is no good is told to nobody who may have made it up. */
function unknownCaller(error: Error): Error {
  error.message =
    'The credentials are missing, expired or not valid here; sign in again, or send a token of this backend';
  return error;
}

function isMeantForCaller(error: Error): boolean {
  if (CLIENT_ERRORS.has(error.name)) return true;
  if (error.name === 'ResponseError') return false;
  const status = statusOf(error);
  return status !== undefined && status >= 400 && status < 500;
}

function isTorn(error: unknown, request: Request): boolean {
  if (!(error instanceof Error)) return false;
  const { type, code } = error as { type?: unknown; code?: unknown };
  return (
    type === 'request.aborted' ||
    (request.destroyed && (code === 'ECONNRESET' || code === 'EPIPE'))
  );
}

function describe(error: unknown): string {
  return error instanceof Error ? error.stack ?? error.message : String(error);
}
