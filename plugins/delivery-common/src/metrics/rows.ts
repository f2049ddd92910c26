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
  /** The deployment, whatever services it touches. */
  factKey: string;
  /** Entity ref of the service. */
  service: string;
  /** When it ended, ms. */
  finishedAt: number;
  /** It ended in success and stayed. */
  success: boolean;
  /** It was in production: success or rolled back. */
  reached: boolean;
  /** It counts as failed for this service. */
  failed: boolean;
  /** It counts as rework for this service. */
  rework: boolean;
  /** When the failure was mended, ms; null while open or without one. */
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
  /** Opened, as a draft or not, ms. */
  openedAt: number | null;
  /** Left draft. */
  readyAt: number | null;
  /** First review by somebody else, ms. */
  firstReviewAt: number | null;
  /** First approval, ms. */
  approvedAt: number | null;
  /** Reached the base branch, ms. */
  mergedAt: number | null;
}

/** A change inside the first deployment of a service that contains it. @public */
export interface ChangeRow {
  /** Entity ref of the service. */
  service: string;
  /** When the deployment finished. */
  finishedAt: number;
  /** Start of its lead time after the switches; null when unknown. */
  startedAt: number | null;
  /** What is known of its pull request; empty without one. */
  stages: Partial<StageInstants>;
}

/** An incident of the scope. @public */
export interface IncidentRow {
  /** When service was lost or degraded, ms. */
  openedAt: number;
  /** When service was back, ms; null while it is open. */
  resolvedAt: number | null;
}

/** Where recovery time starts. @public */
export type RecoveryStart = 'finished' | 'detected';
