import { setTimeout as sleep } from 'node:timers/promises';

/**
 * Waits until the catalog knows every service that events name. A portal that has just started reads its catalog while it is
 * told its story; until then, what is found by its repository is in no number.
 *
 * @param get - reads a path of the delivery API
 * @returns false when it does not know some of them in time
 */
export async function untilMapped(
  get,
  { withinMs = 180_000, everyMs = 1_000 } = {},
) {
  const deadline = performance.now() + withinMs;
  for (;;) {
    const { unmapped } = await get('/quality');
    if (!unmapped.some(({ what }) => what.startsWith('component:')))
      return true;
    if (performance.now() > deadline) return false;
    await sleep(everyMs);
  }
}
