const MINUTE = 60;
const HOUR = 3_600;
const DAY = 86_400;

const DURATION_STEPS = [
  1,
  10,
  30,
  MINUTE,
  5 * MINUTE,
  10 * MINUTE,
  15 * MINUTE,
  30 * MINUTE,
  HOUR,
  2 * HOUR,
  3 * HOUR,
  6 * HOUR,
  12 * HOUR,
  DAY,
  2 * DAY,
  5 * DAY,
  7 * DAY,
  14 * DAY,
  30 * DAY,
  60 * DAY,
  90 * DAY,
  180 * DAY,
  365 * DAY,
];

const MOST_TICKS = 5;

function ticksOf(step: number, max: number): number[] {
  const count = Math.max(1, Math.ceil(max / step - 1e-9));
  // Multiplied, not added up: 0.1 + 0.2 is not a label.
  return Array.from({ length: count + 1 }, (_, i) =>
    Number((i * step).toPrecision(12)),
  );
}

function roundStep(max: number): number {
  const rough = max / MOST_TICKS;
  const power = 10 ** Math.floor(Math.log10(rough));
  const factor = [1, 2, 5, 10].find(each => each * power >= rough) ?? 10;
  return factor * power;
}

/**
 * Axis values from 0 for a count or a frequency.
 * @public
 */
export function numberTicks(max: number, options?: { integer?: boolean }) {
  if (!(max > 0)) return [0, 1];
  const step = roundStep(max);
  return ticksOf(options?.integer ? Math.max(1, Math.ceil(step)) : step, max);
}

/** Axis values from 0 for a duration in seconds, at steps people know. @public */
export function durationTicks(maxSeconds: number): number[] {
  if (!(maxSeconds > 0)) return [0, HOUR];
  const step =
    DURATION_STEPS.find(each => maxSeconds / each <= MOST_TICKS) ??
    roundStep(maxSeconds / DAY) * DAY;
  return ticksOf(step, maxSeconds);
}

/** Axis values from 0 for a rate 0..1; never beyond 1. @public */
export function rateTicks(max: number): number[] {
  if (!(max > 0)) return [0, 0.05];
  return ticksOf(roundStep(Math.min(1, max)), Math.min(1, max)).filter(
    tick => tick <= 1,
  );
}
