import { isError } from '@backstage/errors';

/** What another plugin says, or that this learner may not ask it. */
export async function orForbidden<T>(
  answer: Promise<T>,
): Promise<T | 'forbidden'> {
  try {
    return await answer;
  } catch (error) {
    const status = isError(error) ? error.statusCode : undefined;
    if (status === 403 || status === 404) return 'forbidden';
    throw error;
  }
}
