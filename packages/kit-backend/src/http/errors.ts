/** More than a request may hold: 413. @public */
export class PayloadTooLargeError extends Error {
  /** What the answer calls it. */
  override readonly name = 'PayloadTooLargeError';
  /** Status of the answer. */
  readonly statusCode = 413;
}

/** A body of a kind that is not read here: 415. @public */
export class UnsupportedMediaError extends Error {
  /** What the answer calls it. */
  override readonly name = 'UnsupportedMediaError';
  /** Status of the answer. */
  readonly statusCode = 415;
  /** It may be shown to who sent it. */
  readonly expose = true;
}

/** More, or more at once, than one caller may ask for: 429. @public */
export class TooManyRequestsError extends Error {
  /** What the answer calls it. */
  override readonly name = 'TooManyRequestsError';
  /** Status of the answer. */
  readonly statusCode = 429;

  constructor(
    message: string,
    /** In how many seconds asking again makes sense. */
    readonly retryAfter: number,
  ) {
    super(message);
  }
}

/** Something this needs is away; asking again later may help: 503. @public */
export class AwayError extends Error {
  /** What the answer calls it. */
  override readonly name = 'ServiceUnavailableError';
  /** Status of the answer. */
  readonly statusCode = 503;

  constructor(
    message: string,
    /** In how many seconds asking again makes sense. */
    readonly retryAfter: number = 5,
  ) {
    super(message);
  }
}

/** What Node and undici say when nobody answers, or no longer. */
const NETWORK =
  /^(ECONN(REFUSED|RESET|ABORTED)|ETIMEDOUT|EPIPE|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|UND_ERR_.*)$/;

/** PostgreSQL: connection lost, shutting down, starting up, too many clients. */
const POSTGRES = /^(08\w{3}|57P0[123]|53300)$/;

const SQLITE = /^SQLITE_(BUSY|LOCKED|CANTOPEN|IOERR)/;

/** pg and knex have no code for these. */
const LOST_CONNECTION =
  /^(Connection terminated|Client has encountered a connection error|timeout exceeded when trying to connect|Unable to acquire a connection)/;

/** Errors have causes; a chain this long is a circle. */
const MOST_CAUSES = 8;

/**
 * Whether an error says that something else is away: the database, or a service
 * that was asked over HTTP. Looks at causes too, since clients wrap what they get.
 * @public
 */
export function isAway(error: unknown): boolean {
  let cause: unknown = error;
  for (let depth = 0; depth < MOST_CAUSES; depth++) {
    if (!(cause instanceof Error)) return false;
    if (saysAway(cause)) return true;
    cause = cause.cause;
  }
  return false;
}

function saysAway(error: Error): boolean {
  const { code } = error as { code?: unknown };
  if (typeof code === 'string') {
    if (NETWORK.test(code) || POSTGRES.test(code) || SQLITE.test(code)) {
      return true;
    }
  }
  if (error.name === 'KnexTimeoutError') return true;
  if (error.name === 'ServiceUnavailableError') return true;
  if (error.name === 'ResponseError') {
    const status = statusOf(error) ?? 0;
    // 401 is another plugin that cannot check the token we passed on.
    return status >= 500 || status === 429 || status === 401;
  }
  if (error.name === 'TypeError' && error.message === 'fetch failed') {
    return true;
  }
  return LOST_CONNECTION.test(error.message);
}

/** The HTTP status an error carries, if any. */
export function statusOf(error: Error): number | undefined {
  const { statusCode, status } = error as {
    statusCode?: unknown;
    status?: unknown;
  };
  return [statusCode, status].find(
    (value): value is number => typeof value === 'number',
  );
}
