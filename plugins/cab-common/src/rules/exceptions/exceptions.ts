import {
  EXCEPTION_REMINDERS,
  MAX_EXCEPTION_DAYS,
  type ExceptionStatus,
  type Waivable,
} from '../../contract';

const DAY_MS = 86_400_000;

/** How often the same is granted right after itself. @public */
export const MAX_EXTENSIONS = 2;
/** What begins so soon after the one before goes on with it, ms. */
const IN_A_ROW_MS = 7 * DAY_MS;

/** What an exception is for. @public */
export interface ExceptionScope {
  /** Entity ref, lower case. */
  entityRef: string;
  /** As the installation writes it. */
  environment: string;
  /** What can be done without. */
  waives: Waivable;
  /** The finding, where it is one. */
  finding: string | null;
}

/** From an instant to another that is not part of it, ms. @public */
export interface ExceptionPeriod {
  /** First instant it holds. */
  startsAt: number;
  /** First instant it does not. */
  expiresAt: number;
}

/** An exception as time looks at it. @public */
export interface TimedException extends ExceptionPeriod {
  /** What people have made of it. */
  state: 'requested' | 'approved' | 'rejected' | 'withdrawn' | 'ended';
}

/** What has become of an exception at an instant. @public */
export function exceptionStatus(
  { state, startsAt, expiresAt }: TimedException,
  now: number,
): ExceptionStatus {
  if (state !== 'approved' && state !== 'requested') return state;
  if (now >= expiresAt) return 'expired';
  if (state === 'requested') return 'requested';
  return now < startsAt ? 'upcoming' : 'active';
}

/** Whether an exception holds at an instant. @public */
export function isActive(exception: TimedException, now: number): boolean {
  return exceptionStatus(exception, now) === 'active';
}

/** What is wrong with the time an exception is asked for; undefined for nothing. @public */
export function periodFault(
  { startsAt, expiresAt }: ExceptionPeriod,
  now: number,
): 'order' | 'past' | 'long' | undefined {
  if (!(startsAt < expiresAt)) return 'order';
  if (expiresAt <= now) return 'past';
  // What begins in the past is not as old as it says: its length counts as it is.
  return expiresAt - startsAt > MAX_EXCEPTION_DAYS * DAY_MS
    ? 'long'
    : undefined;
}

/** Whether two are for the same. @public */
export function sameScope(a: ExceptionScope, b: ExceptionScope): boolean {
  return (
    a.entityRef === b.entityRef &&
    a.environment === b.environment &&
    a.waives === b.waives &&
    a.finding === b.finding
  );
}

/** Whether an exception is for a change request. @public */
export function covers(
  scope: Pick<ExceptionScope, 'entityRef' | 'environment'>,
  change: Pick<ExceptionScope, 'entityRef' | 'environment'>,
): boolean {
  return (
    scope.entityRef === change.entityRef &&
    scope.environment === change.environment
  );
}

/**
 * How many granted ones come right before another of the same scope, each beginning
 * less than a week after the one before ended.
 *
 * @param granted - the others of the scope that were granted, with the ends they had
 * @public
 */
export function extensionOf(
  startsAt: number,
  granted: readonly ExceptionPeriod[],
): number {
  const before = granted.find(
    each => each.startsAt < startsAt && each.expiresAt > startsAt - IN_A_ROW_MS,
  );
  return before
    ? 1 +
        extensionOf(
          before.startsAt,
          granted.filter(each => each !== before),
        )
    : 0;
}

/**
 * Which reminder of an end is due.
 *
 * @param taken - how many were given
 * @returns how many are then: one that was missed is not given after the next
 * @public
 */
export function reminderDue(
  expiresAt: number,
  now: number,
  taken: number,
): number | undefined {
  const due = EXCEPTION_REMINDERS.filter(
    days => now >= expiresAt - days * DAY_MS,
  ).length;
  return due > taken ? due : undefined;
}
