import { ConflictError, InputError } from '@backstage/errors';
import { withFields } from '@fawkes/kit-contract';
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
  /** What the caller needs to go on: fields by name, as the code defines them. */
  details?: Refusal['details'];
}

/**
 * A 409. Its fields travel inside the serialised error beside `name` and
 * `message`; `refusalOf` reads them on the other side.
 * @public
 */
export class RequestConflictError extends ConflictError implements Refusal {
  /** Where the request stands. */
  readonly state?: RequestState;
  /** What the caller needs to go on: fields by name, as the code defines them. */
  readonly details: Refusal['details'];

  constructor(
    /** What programs know it by. */
    readonly code: ConflictCode,
    message: string,
    { state, details = {} }: RefusalDetails = {},
  ) {
    super(message);
    if (state !== undefined) this.state = state;
    this.details = details;
    withFields(this, { code, ...(state && { state }), details });
  }
}

/** A 422: no state of the request would make it right. @public */
export class UnprocessableError extends InputError implements Refusal {
  /** Status of the answer. */
  readonly statusCode = 422;
  /** What the caller needs to go on: fields by name, as the code defines them. */
  readonly details: Refusal['details'];

  constructor(
    /** What programs know it by. */
    readonly code: UnprocessableCode,
    message: string,
    details: Refusal['details'] = {},
  ) {
    super(message);
    this.details = details;
    withFields(this, { statusCode: this.statusCode, code, details });
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
