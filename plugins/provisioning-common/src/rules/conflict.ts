import { ConflictError, InputError } from '@backstage/errors';
import type {
  ConflictCode,
  Refusal,
  RequestState,
  UnprocessableCode,
} from '../contract';

/** What else a refusal says. @public */
export interface RefusalDetails {
  /** Where the request stands. */
  state?: RequestState;
  details?: Refusal['details'];
}

/**
 * A 409. Its fields travel inside the serialised error beside `name` and
 * `message`; `refusalOf` reads them on the other side.
 * @public
 */
export class RequestConflictError extends ConflictError implements Refusal {
  readonly state?: RequestState;
  readonly details: Refusal['details'];

  constructor(
    readonly code: ConflictCode,
    message: string,
    { state, details = {} }: RefusalDetails = {},
  ) {
    super(message);
    if (state !== undefined) this.state = state;
    this.details = details;
  }
}

/** A 422: no state of the request would make it right. @public */
export class UnprocessableError extends InputError implements Refusal {
  readonly statusCode = 422;
  readonly details: Refusal['details'];

  constructor(
    readonly code: UnprocessableCode,
    message: string,
    details: Refusal['details'] = {},
  ) {
    super(message);
    this.details = details;
  }
}

/** A 409 with its code, what it says to people, and its fields. @public */
export function conflict(
  code: ConflictCode,
  message: string,
  details?: RefusalDetails,
): RequestConflictError {
  return new RequestConflictError(code, message, details);
}

/** A 422 with its code, what it says to people, and its fields. @public */
export function unprocessable(
  code: UnprocessableCode,
  message: string,
  details?: Refusal['details'],
): UnprocessableError {
  return new UnprocessableError(code, message, details);
}
