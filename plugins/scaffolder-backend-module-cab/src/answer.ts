import { NotFoundError } from '@backstage/errors';

/**
 * An answer of the change approval plugin.
 *
 * @throws NotFoundError where it is not installed, and what it says where it refuses
 */
export async function answerOf<T>(asked: Promise<T | undefined>): Promise<T> {
  let answer: T | undefined;
  try {
    answer = await asked;
  } catch (error) {
    throw inItsWords(error);
  }
  if (answer !== undefined) return answer;
  throw new NotFoundError(
    'The change approval plugin is not installed in this backend, so nothing can be asked for',
  );
}

/** Whether nobody answered, or said that they cannot at the moment. */
export function isAway(error: unknown): boolean {
  const { name, statusCode } = error as { name?: string; statusCode?: number };
  return name === 'ServiceUnavailableError' || statusCode === 503;
}

/** A refusal says what is wrong; that it was one of HTTP says nothing. */
function inItsWords(error: unknown): unknown {
  const { body } = error as {
    body?: { error?: { name?: string; message?: string } };
  };
  const { name, message } = body?.error ?? {};
  if (!message || isAway(error)) return error;
  return Object.assign(new Error(message, { cause: error }), { name });
}
