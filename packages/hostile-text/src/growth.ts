import { cpuTimeOf, LOOKS, pauseBefore } from './cpuTime';
import type { HostileShape } from './shapes';

/** What is faster than this harms nobody, and is too short to be measured, ms. */
const HARMLESS_MS = 15;
/** How many times as long as in proportion something may take. */
const SLACK = 4;
/** Each length is compared with the fourth before it. */
const BACK = 4;
/** Up to here lengths grow by steps of four, then they double. */
const SHORT = 32;
const SHORTEST = 16;
/** Nothing that takes this long is run again only to be sure, ms. */
const LONG_MS = 1_000;

/**
 * Tells whether something takes longer than in proportion to the length of a
 * text.
 *
 * A busy machine must not decide that. What is measured is the time this thread
 * had a processor, not the time that went by; what is left of noise only adds, so
 * what looks too long is measured again together with what it is compared with,
 * a little later each time, and the least counts, until it does not look so or
 * has been looked at ten times. Sixteen times the text may take 64 times as long;
 * with time that grows by the square it takes 256 times as long, so both are far
 * from the limit. Lengths begin small and double: what does grow is found before
 * it hangs.
 *
 * @param run - what is measured
 * @param longest - the longest text that gets there
 * @returns what was found, or undefined when time is in proportion
 */
export function outgrows(
  run: (text: string) => void,
  shape: HostileShape,
  longest: number,
): string | undefined {
  const measured: Array<{ text: string; ms: number }> = [];
  for (const length of lengthsTo(longest)) {
    const text = shape.of(length);
    const point = { text, ms: cpuTimeOf(() => run(text)) };
    measured.push(point);
    const shorter = measured[Math.max(0, measured.length - 1 - BACK)];
    for (let look = 0; look < LOOKS && isTooLong(point, shorter); look++) {
      pauseBefore(look);
      shorter.ms = Math.min(
        shorter.ms,
        cpuTimeOf(() => run(shorter.text)),
      );
      if (point.ms > LONG_MS) break;
      point.ms = Math.min(
        point.ms,
        cpuTimeOf(() => run(text)),
      );
    }
    if (isTooLong(point, shorter)) {
      return `${shape.name}: ${shorter.text.length} characters take ${inMs(
        shorter.ms,
      )}, and ${length} take ${inMs(point.ms)}`;
    }
  }
  return undefined;
}

function* lengthsTo(longest: number): Generator<number> {
  let length = SHORTEST;
  while (length < longest) {
    yield length;
    length += Math.max(4, length < SHORT ? 0 : length);
  }
  yield longest;
}

function isTooLong(
  point: { text: string; ms: number },
  shorter: { text: string; ms: number },
): boolean {
  const times = point.text.length / Math.max(1, shorter.text.length);
  return point.ms > HARMLESS_MS + SLACK * times * shorter.ms;
}

function inMs(ms: number): string {
  return `${ms.toPrecision(3)} ms`;
}
