/** Registered, so that a second copy of this package reads it too. */
const FIELDS = Symbol.for('@fawkes/kit-contract/fields');

/** What stands beside name and message of an error, in the answer to its caller. @public */
export interface ErrorFields {
  /** Status of the answer, where it is not the usual one of the error's name. */
  statusCode?: number;
  /** By the name under which callers find them; JSON. */
  [name: string]: unknown;
}

/**
 * Says which fields of an error callers may read. Whatever else hangs on an
 * error stays in the backend.
 * @public
 */
export function withFields<E extends Error>(error: E, fields: ErrorFields): E {
  return Object.defineProperty(error, FIELDS, { value: fields });
}

/** The fields of an error that {@link withFields} named. @public */
export function fieldsOfError(error: Error): ErrorFields | undefined {
  return (error as { [FIELDS]?: ErrorFields })[FIELDS];
}
