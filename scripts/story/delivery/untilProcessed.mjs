import { setTimeout as sleep } from 'node:timers/promises';
import { Problem } from '../../lib/problem.mjs';
import { thousands } from '../../lib/say.mjs';

/**
 * Waits until everything received is in the numbers.
 *
 * @param everyMs - how often the portal is asked
 * @param patienceMs - how long nothing may move before this gives up
 */
export async function untilProcessed(
  api,
  line,
  { everyMs = 500, patienceMs = 120_000 } = {},
) {
  let before = '';
  let movedAt = performance.now();
  for (;;) {
    const { received, dirtyServices } = await api.get('/intake');
    if (received === 0 && dirtyServices === 0) return;
    const now = `${received}/${dirtyServices}`;
    if (now !== before) movedAt = performance.now();
    before = now;
    if (performance.now() - movedAt > patienceMs) {
      throw new Problem(
        `The portal has taken the events, but does not get on with them: ${received} wait, ${dirtyServices} services are to be recomputed.`,
        ['Nothing is lost. The log of the backend says what it waits for.'],
      );
    }
    line.show(
      `Sent; ${thousands(
        received,
      )} events wait, ${dirtyServices} services are to be recomputed`,
    );
    await sleep(everyMs);
  }
}
