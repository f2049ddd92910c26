/**
 * Fewer than so many say nothing about how the others go: a median of three, or
 * a rate of two, gets no band, no trend and no sentence that generalises.
 * @public
 */
export const MINIMUM_SAMPLE = 5;

/** Whether so many are enough to say something about all. @public */
export function isEnough(
  count: number,
  minimum: number = MINIMUM_SAMPLE,
): boolean {
  return count >= minimum;
}
