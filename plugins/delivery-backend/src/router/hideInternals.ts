import type { LoggerService } from '@backstage/backend-plugin-api';
import type { ErrorRequestHandler } from 'express';
import { correlationOf } from './correlation';

const CLIENT_ERRORS = new Set([
  'InputError',
  'AuthenticationError',
  'NotAllowedError',
  'NotFoundError',
  'ConflictError',
  'NotImplementedError',
  'ServiceUnavailableError',
]);

/**
 * Keeps what is ours to ourselves. An error made for the caller goes out with
 * its message and without its stack, in development too; any other is logged
 * whole and goes out as a sentence with the correlation id to look for.
 */
export function hideInternals(logger: LoggerService): ErrorRequestHandler {
  return (error, _request, response, next) => {
    if (isMeantForCaller(error)) {
      error.stack = undefined;
      next(error);
      return;
    }
    const correlationId = correlationOf(response);
    logger.error('A request failed', {
      correlationId,
      error: error instanceof Error ? error.stack ?? error.message : `${error}`,
    });
    const hidden = new Error(
      `Something went wrong on our side; the log has it under ${correlationId}`,
    );
    hidden.stack = undefined;
    next(hidden);
  };
}

function isMeantForCaller(error: unknown): error is Error {
  if (!(error instanceof Error)) return false;
  if (CLIENT_ERRORS.has(error.name)) return true;
  const status = 'statusCode' in error ? error.statusCode : undefined;
  return typeof status === 'number' && status >= 400 && status < 500;
}
