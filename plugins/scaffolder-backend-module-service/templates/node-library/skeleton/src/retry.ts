export interface RetryOptions {
  /** How often it is tried in all; at least once. */
  attempts: number;
  /** Waits before attempt number `next`, from 2. */
  wait: (next: number) => Promise<void>;
}

/**
 * Tries something until it works. A first function; replace it by what this
 * library is for.
 *
 * @throws what the last attempt threw
 */
export async function retry<T>(
  work: () => Promise<T>,
  { attempts, wait }: RetryOptions,
): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await work();
    } catch (error) {
      if (attempt >= attempts) throw error;
      await wait(attempt + 1);
    }
  }
}
