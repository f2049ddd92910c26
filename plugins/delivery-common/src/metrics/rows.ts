/**
 * What the calculations read: derived rows, as the store keeps them. Instants
 * are milliseconds since the epoch (UTC).
 */

/**
 * A finished production deployment of one service. One fact that touches
 * several services has one row for each, all with the same `factKey`.
 * @public
 */
export interface DeploymentRow {
  factKey: string;
  service: string;
  finishedAt: number;
  success: boolean;
  /** It was in production: success or rolled back. */
  reached: boolean;
  failed: boolean;
  rework: boolean;
  recoveredAt: number | null;
  /** When its first incident was noticed. */
  detectedAt: number | null;
  /**
   * Seconds since the previous success of its chain; null for the first or when
   * this one is not a success.
   */
  gapSeconds: number | null;
}

/** What is known of the pull request a change came in by. @public */
export interface StageInstants {
  openedAt: number | null;
  /** Left draft. */
  readyAt: number | null;
  firstReviewAt: number | null;
  approvedAt: number | null;
  mergedAt: number | null;
}

/** A change inside the first deployment of a service that contains it. @public */
export interface ChangeRow {
  service: string;
  /** When the deployment finished. */
  finishedAt: number;
  /** Start of its lead time after the switches; null when unknown. */
  startedAt: number | null;
  stages: Partial<StageInstants>;
}

/** @public */
export interface IncidentRow {
  openedAt: number;
  resolvedAt: number | null;
}

/** Where recovery time starts. @public */
export type RecoveryStart = 'finished' | 'detected';
