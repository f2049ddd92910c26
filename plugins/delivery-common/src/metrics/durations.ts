import type { RecoveryStart } from './rows';

/** Milliseconds of a day of 24 hours. @public */
export const DAY_MS = 86_400_000;

/**
 * Whole seconds from one instant to a later one, rounded down; negative when
 * they are the wrong way round. Durations are kept as whole seconds because git
 * knows no finer ones and because integers add up the same in any order.
 * @public
 */
export function secondsBetween(fromMs: number, toMs: number): number {
  return Math.floor((toMs - fromMs) / 1000);
}

/**
 * Change lead time: one subtraction. A start after the deployment (a clock that
 * went wrong, an amended commit) counts as 0 and is marked `clamped`.
 * @public
 */
export function leadTimeOf(
  startedAt: number,
  deployedAt: number,
): { seconds: number; clamped: boolean } {
  return {
    seconds: Math.max(0, secondsBetween(startedAt, deployedAt)),
    clamped: startedAt > deployedAt,
  };
}

/**
 * Seconds from a failed deployment's finish (or, by switch, from the moment its
 * failure was noticed) to its recovery; null while it is still failed.
 * @public
 */
export function recoverySecondsOf(
  deployment: {
    finishedAt: number;
    detectedAt: number | null;
    recoveredAt: number | null;
  },
  recoveryFrom: RecoveryStart,
): number | null {
  if (deployment.recoveredAt === null) return null;
  const start =
    recoveryFrom === 'detected'
      ? deployment.detectedAt ?? deployment.finishedAt
      : deployment.finishedAt;
  return Math.max(0, secondsBetween(start, deployment.recoveredAt));
}

/** Samples add up because all they hold are whole seconds. */
export function assertWholeSeconds(value: number): void {
  if (!Number.isSafeInteger(value) || value < 0) {
    throw new RangeError(
      `A sample holds whole seconds from 0 on, not ${value}`,
    );
  }
}
