import { sayDojo } from '@fawkes/backstage-plugin-dojo-common';
import { AwayError } from '@fawkes/kit-backend/http';
import { saidError } from '@fawkes/kit-contract';
import { CHECK_PAUSE_MS } from './pace';

/** Says to ask again once that is allowed. */
class LabAwayError extends AwayError {
  constructor(message: string) {
    super(message, CHECK_PAUSE_MS / 1_000);
  }
}

/** What a lab looks at is away: no step fails by that. */
export function awayError(cause: unknown): AwayError {
  const error = saidError(LabAwayError, sayDojo('run.away'));
  error.cause = cause;
  return error;
}
