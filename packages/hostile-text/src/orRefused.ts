/**
 * An error is known by what it is: in Jest a `TypeError` is no `Error`, which
 * belongs to another realm there.
 */
function isError(thrown: unknown): boolean {
  return Object.prototype.toString.call(thrown) === '[object Error]';
}

/**
 * Runs something with a text, which may be refused with an error; which one is
 * told elsewhere.
 */
export function orRefused(
  run: (text: string) => unknown,
): (text: string) => void {
  return text => {
    try {
      run(text);
    } catch (error) {
      if (!isError(error)) throw error;
    }
  };
}
