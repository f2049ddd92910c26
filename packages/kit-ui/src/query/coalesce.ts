/**
 * Collects the tags of what has news and refreshes them together:
 * while one refresh runs, later news waits and goes into the next one. So a
 * burst of news neither floods the backend nor cancels its own answers for
 * ever, and the last news is never lost.
 *
 * @param refresh - refreshes what has one of the tags; `null` means all
 */
export function coalesce(
  refresh: (tags: ReadonlySet<string> | null) => Promise<void>,
): (tags: readonly string[] | null) => void {
  let waiting: Set<string> | null | undefined;
  let running = false;

  async function run() {
    running = true;
    try {
      while (waiting !== undefined) {
        const now = waiting;
        waiting = undefined;
        await refresh(now);
      }
    } finally {
      running = false;
    }
  }

  return tags => {
    if (tags === null || waiting === null) waiting = null;
    else waiting = new Set([...(waiting ?? []), ...tags]);
    if (!running) run();
  };
}
