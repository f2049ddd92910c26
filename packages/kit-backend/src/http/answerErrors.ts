import { inspect } from 'node:util';
import type { LoggerService } from '@backstage/backend-plugin-api';
import { AuthenticationError } from '@backstage/errors';
import { fieldsOfError, wordsOfError } from '@fawkes/kit-contract';
import type { ErrorRequestHandler, Request, Response } from 'express';
import { correlationOf } from './correlation';
import {
  AwayError,
  isAway,
  PayloadTooLargeError,
  statusOf,
  TooManyRequestsError,
} from './errors';

/** Errors made for callers: the name is the promise. */
const CLIENT_ERRORS = new Set([
  'InputError',
  'NotAllowedError',
  'NotFoundError',
  'ConflictError',
]);

/** With this Backstage's errors put the words of their cause behind their own. */
const CAUSE = '; caused by ';

/**
 * The last word on every error. One made for the caller goes out with its
 * message and without its stack, in development too. What is away is 503 with
 * Retry-After. What another service answered stays with us: its status is about
 * our question, not the caller's. Anything else is logged whole and goes out as
 * a sentence with the correlation id to look for.
 * @public
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
    if (hasRetryAfter(answer) && !response.headersSent) {
      response.setHeader('Retry-After', String(answer.retryAfter));
    }
    if (!request.complete && !response.headersSent) {
      // What was not read would be taken for the next request.
      response.setHeader('Connection', 'close');
    }
    next(withoutInternals(answer));
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
    if (error.name === 'AuthenticationError') return unknownCaller();
    if (isMeantForCaller(error)) return error;
  }
  logger.error('A request failed', { correlationId, error: describe(error) });
  return new Error(
    `Something went wrong on our side; the log has it under ${correlationId}`,
  );
}

/** Why a token is no good is told to nobody who may have made it up. */
function unknownCaller(): Error {
  return new AuthenticationError(
    'The credentials are missing, expired or not valid here; sign in again, or send a token of this backend',
  );
}

/**
 * A status alone is no promise: clients of other services put theirs there. What
 * refuses a request of ours says that it may be shown, or is express's own.
 */
function isMeantForCaller(error: Error): boolean {
  if (CLIENT_ERRORS.has(error.name)) return true;
  if (error instanceof PayloadTooLargeError) return true;
  if (error instanceof TooManyRequestsError) return true;
  const status = statusOf(error);
  if (status === undefined || status < 400 || status >= 500) return false;
  const { expose } = error as { expose?: unknown };
  return expose === true || error instanceof URIError;
}

/**
 * Name, status and words of an error, with their code and params and the fields
 * it names for callers, and nothing else: the framework writes down whatever hangs on it, its
 * causes and their words too.
 */
function withoutInternals(error: Error): Error {
  const [words] =
    error.cause === undefined ? [error.message] : error.message.split(CAUSE, 1);
  const { statusCode, ...fields } = fieldsOfError(error) ?? {};
  const told = Object.assign(new Error(words), {
    ...fields,
    name: error.name,
    stack: undefined,
    ...wordsOfError(error),
  });
  if (statusCode !== undefined) return Object.assign(told, { statusCode });
  // What is known by its name has the status of its name.
  const status = CLIENT_ERRORS.has(error.name) ? undefined : statusOf(error);
  return status === undefined
    ? told
    : Object.assign(told, { statusCode: status });
}

function hasRetryAfter(
  error: Error,
): error is AwayError | TooManyRequestsError {
  return error instanceof AwayError || error instanceof TooManyRequestsError;
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
  return error instanceof Error ? error.stack ?? error.message : inspect(error);
}
