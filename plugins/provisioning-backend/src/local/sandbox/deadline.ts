import type { Clock } from '../clock';

/** Why something was ended before its end. */
export type Cut = 'too-long' | 'cancelled';

/** Something that is ended when its time is over or nobody wants it any more. */
export interface Deadline {
  /** Why it was ended; undefined when it was not. */
  readonly cut: Cut | undefined;
  /** From now on it ends by itself. */
  release(): void;
}

/**
 * Ends something after a while, or when the signal aborts.
 *
 * @param end - ends it; what comes of that is seen where its end is waited for
 */
export function deadline(
  clock: Clock,
  timeout: number,
  signal: AbortSignal | undefined,
  end: () => Promise<unknown>,
): Deadline {
  const released = new AbortController();
  const state: { cut: Cut | undefined } = { cut: undefined };
  const stop = (why: Cut) => {
    state.cut ??= why;
    end().catch(() => {});
  };
  const cancel = () => stop('cancelled');
  signal?.addEventListener('abort', cancel, { once: true });
  if (signal?.aborted) cancel();
  clock.sleep(timeout, released.signal).then(
    () => stop('too-long'),
    () => {},
  );
  return {
    get cut() {
      return state.cut;
    },
    release() {
      released.abort();
      signal?.removeEventListener('abort', cancel);
    },
  };
}
