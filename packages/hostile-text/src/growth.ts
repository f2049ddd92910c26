import { cpuTimeOf, LOOKS, pauseBefore } from './cpuTime';
import type { HostileShape } from './shapes';

/** What is faster than this harms nobody, ms. */
const HARMLESS_MS = 50;
/** How many times as long as in proportion something may take. */
const SLACK = 4;
/** Each length is compared with the fourth before it. */
const BACK = 4;
/**
 * By which power of the length time may grow from half of it on: between 1, in
 * proportion, and 2, the square. What has outgrown a cache, or a bound from
 * which on it is told otherwise, goes on in proportion.
 */
const POWER = 1.6;
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
 * from the limit. It also has to grow faster than in proportion from half of the
 * text on. Lengths begin small and double: what does grow is found before it
 * hangs.
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
  const again = (point: Point) => {
    point.ms = Math.min(
      point.ms,
      cpuTimeOf(() => run(point.text)),
    );
  };
  const measured: Point[] = [];
  for (const length of lengthsTo(longest)) {
    const text = shape.of(length);
    const point = { text, ms: cpuTimeOf(() => run(text)) };
    const shorter = measured.at(-BACK) ?? measured[0] ?? point;
    const half =
      measured.findLast(each => each.text.length * 2 <= length) ?? shorter;
    measured.push(point);
    const grows = () => isTooLong(point, shorter) && isSteep(point, half);
    for (let look = 0; look < LOOKS && grows(); look++) {
      pauseBefore(look);
      again(shorter);
      again(half);
      if (point.ms > LONG_MS) break;
      again(point);
    }
    if (grows()) {
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

interface Point {
  text: string;
  ms: number;
}

const timesOf = (point: Point, shorter: Point) =>
  point.text.length / Math.max(1, shorter.text.length);

function isTooLong(point: Point, shorter: Point): boolean {
  return point.ms > HARMLESS_MS + SLACK * timesOf(point, shorter) * shorter.ms;
}

/** Still grows by more than in proportion. */
function isSteep(point: Point, half: Point): boolean {
  return point.ms > timesOf(point, half) ** POWER * half.ms;
}

function inMs(ms: number): string {
  return `${ms.toPrecision(3)} ms`;
}
