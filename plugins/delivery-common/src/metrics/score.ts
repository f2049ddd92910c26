/**
 * The score of DORA's Quick Check: six categories per duration or frequency,
 * spread evenly over 0..10, and percentages turned round. Higher is better.
 *
 * DORA asks people to pick a category; here a measured value is put into the
 * one whose words it fits. A month is 30 days, six months are 180.
 */

const HOUR = 3_600;
const DAY = 24 * HOUR;
const MONTH_DAYS = 30;
const HALF_YEAR_DAYS = 180;

/**
 * Category c of 1..6 → (c − 1) ÷ 5 × 10. Means of categories may lie between.
 * @public
 */
export function categoryScore(category: number): number {
  return ((category - 1) / 5) * 10;
}

/**
 * Rate 0..1 → 10 − rate × 10, within 0..10.
 * @public
 */
export function rateScore(rate: number): number {
  return Math.min(10, Math.max(0, 10 - rate * 10));
}

/**
 * Category of a lead time or recovery time: 6 less than one hour, 5 less than
 * one day, 4 one day to one week, 3 one week to one month, 2 one to six months,
 * 1 more than six months. A value two categories share is in the slower one,
 * except six months, of which 1 is "more".
 * @public
 */
export function durationCategory(seconds: number): number {
  if (seconds < HOUR) return 6;
  if (seconds < DAY) return 5;
  if (seconds < 7 * DAY) return 4;
  if (seconds < MONTH_DAYS * DAY) return 3;
  return seconds <= HALF_YEAR_DAYS * DAY ? 2 : 1;
}

/**
 * Category of a deployment frequency: 6 more often than once per hour (on
 * demand), 5 from once per day, 4 from once per week, 3 from once per month, 2
 * from once per six months, 1 fewer.
 * @param perDay - deployments per day
 * @public
 */
export function frequencyCategory(perDay: number): number {
  if (perDay > 24) return 6;
  if (perDay >= 1) return 5;
  if (perDay >= 1 / 7) return 4;
  if (perDay >= 1 / MONTH_DAYS) return 3;
  return perDay >= 1 / HALF_YEAR_DAYS ? 2 : 1;
}

/** Score of a lead time or recovery time in seconds. @public */
export function durationScore(seconds: number): number {
  return categoryScore(durationCategory(seconds));
}

/** Score of deployments per day. @public */
export function frequencyScore(perDay: number): number {
  return categoryScore(frequencyCategory(perDay));
}

/**
 * Mean of the answered scores; null when none is. A missing answer is left out.
 * @public
 */
export function meanScore(scores: ReadonlyArray<number | null>): number | null {
  const answered = scores.filter((score): score is number => score !== null);
  if (answered.length === 0) return null;
  return answered.reduce((sum, score) => sum + score, 0) / answered.length;
}
