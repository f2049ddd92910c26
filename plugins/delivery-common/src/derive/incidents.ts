import { compareDeployments, type ChainDeployment } from './model';

/** A deployment an incident may have come from. @public */
export type SuspectDeployment = Pick<
  ChainDeployment,
  'key' | 'source' | 'id' | 'environment' | 'finishedAt' | 'startedAt'
> & { service: string };

/** When it began, ms: its finish, where nobody told. */
function startOf({
  startedAt,
  finishedAt,
}: Pick<SuspectDeployment, 'startedAt' | 'finishedAt'>): number {
  return Math.min(startedAt ?? finishedAt, finishedAt);
}

/**
 * Order in which deployments are suspected: by their start, then as in a chain.
 * @public
 */
export function compareStarts(
  a: SuspectDeployment,
  b: SuspectDeployment,
): number {
  return startOf(a) - startOf(b) || compareDeployments(a, b);
}

/**
 * The window rule, for an incident that names no cause: of the deployments of its
 * service that reached production, started at or before it opened, and finished
 * not more than the window earlier (inclusive), the one that started last.
 *
 * @param reached - deployments of the service that reached production
 * @param windowMs - W, default 24 h
 * @public
 */
export function suspectByWindow<T extends SuspectDeployment>(
  openedAt: number,
  reached: readonly T[],
  windowMs: number,
): T | undefined {
  let last: T | undefined;
  for (const deployment of reached) {
    if (startOf(deployment) > openedAt) continue;
    if (deployment.finishedAt < openedAt - windowMs) continue;
    if (!last || compareStarts(last, deployment) < 0) last = deployment;
  }
  return last;
}

/** What a named cause means. @public */
export type Cause<T> =
  | { cause: 'linked'; suspects: T[] }
  /** Several match, and none of them had started. */
  | { cause: 'ambiguous' };

/**
 * The deployments a named cause means, of those that match it: the one there is,
 * whatever the clock says; of several the latest that started before the
 * incident opened. One id rolled out to several services is one deployment; when
 * the incident names a service, that service's share is meant.
 *
 * @param matches - deployments that reached production and match the cause
 * @public
 */
export function suspectsByCause<T extends SuspectDeployment>(
  incident: { openedAt: number; service: string | null },
  matches: readonly T[],
): Cause<T> {
  const own = matches.filter(match => match.service === incident.service);
  const candidates = own.length > 0 ? own : matches;
  const alike = (match: T, other: T) =>
    match.source === other.source &&
    match.environment === other.environment &&
    match.id === other.id;
  const [first] = candidates;
  if (first === undefined) return { cause: 'linked', suspects: [] };
  if (candidates.every(match => alike(match, first))) {
    return { cause: 'linked', suspects: [...candidates] };
  }
  const started = candidates.filter(
    match => startOf(match) <= incident.openedAt,
  );
  if (started.length === 0) return { cause: 'ambiguous' };
  const latest = started.reduce((a, b) => (compareStarts(a, b) >= 0 ? a : b));
  return {
    cause: 'linked',
    suspects: started.filter(match => alike(match, latest)),
  };
}
