/** Statuses with which a backend says that the same question gets the same answer. */
const isRefusalStatus = (status: number) => status >= 400 && status < 500;

/**
 * Whether a backend understood the question and will not answer it: it is
 * hidden, forbidden, gone, or wrong. Asking the same again changes nothing,
 * unlike after a network or a gateway that failed.
 * @public
 */
export function isRefusal(error: unknown): boolean {
  const { statusCode } = (error ?? {}) as { statusCode?: unknown };
  return typeof statusCode === 'number' && isRefusalStatus(statusCode);
}

/**
 * For `refetchInterval`: asks again every so often while something goes on, and
 * no more once it was refused, e.g. because the person may not see it any more.
 *
 * @param ms - how often
 * @param state - of the query
 * @param goesOn - whether something goes on, by the last answer
 * @public
 */
export function askWhile(
  ms: number,
  state: { error?: unknown },
  goesOn: boolean | undefined,
): number | false {
  return goesOn && !isRefusal(state.error) ? ms : false;
}
