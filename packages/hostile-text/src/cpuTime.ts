/** Time this thread has had a processor, ms. */
function threadTime(): number {
  // Linux brings its account of a running thread up to date when the process is
  // asked about; the thread alone is told what it was at the last tick.
  process.cpuUsage();
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1_000;
}

/**
 * How long something keeps a processor busy, ms. Others that want one too do not
 * make it longer, as they would the time that goes by; nor do the threads beside
 * this one, which compile and collect what tests before it left.
 */
export function cpuTimeOf(run: () => void): number {
  const before = threadTime();
  run();
  return threadTime() - before;
}

/** Times something suspicious is looked at again. */
export const LOOKS = 10;

const never = new Int32Array(new SharedArrayBuffer(4));

/**
 * Waits before something suspicious is looked at for another time: looks that
 * follow each other at once all fall into the same bad moment of a machine.
 *
 * @param look - which one it is, from 0; each waits a little longer
 */
export function pauseBefore(look: number): void {
  if (look > 0) Atomics.wait(never, 0, 0, look * 20);
}

/**
 * The least time something keeps a processor busy, ms: what is left of noise
 * only adds, so it is done again until it takes less than `enoughMs`, ten times
 * at most.
 *
 * @param enoughMs - what a test allows it to take
 */
export function leastCpuTimeOf(run: () => void, enoughMs: number): number {
  let least = Infinity;
  for (let look = 0; look < LOOKS && least >= enoughMs; look++) {
    pauseBefore(look);
    least = Math.min(least, cpuTimeOf(run));
  }
  return least;
}

/**
 * The same of what is waited for, in whatever threads of this process; nothing
 * else may run in it meanwhile.
 */
export async function leastCpuTimeOfAsync(
  run: () => Promise<unknown>,
  enoughMs: number,
): Promise<number> {
  let least = Infinity;
  for (let look = 0; look < LOOKS && least >= enoughMs; look++) {
    pauseBefore(look);
    const before = process.cpuUsage();
    await run();
    const { user, system } = process.cpuUsage(before);
    least = Math.min(least, (user + system) / 1_000);
  }
  return least;
}
