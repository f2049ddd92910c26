import { compareDeployments, type ChainDeployment } from './model';

/** A deployment an incident may have come from. @public */
export type SuspectDeployment = Pick<
  ChainDeployment,
  'key' | 'source' | 'id' | 'environment' | 'finishedAt'
> & { service: string };

/**
 * The window rule, for an incident that names no cause: it belongs to the last
 * deployment of its service that reached production at or before it opened and
 * not more than the window earlier (inclusive).
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
    if (deployment.finishedAt > openedAt) continue;
    if (!last || compareDeployments(last, deployment) < 0) last = deployment;
  }
  return last && openedAt - last.finishedAt <= windowMs ? last : undefined;
}

/**
 * The deployments a named cause means: of those that match the id, sha or
 * artifact, the latest that finished before the incident opened. One id rolled
 * out to several services is one deployment; when the incident names a service,
 * that service's share is meant.
 *
 * @param matches - deployments that reached production and match the cause
 * @public
 */
export function suspectsByCause<T extends SuspectDeployment>(
  incident: { openedAt: number; service: string | null },
  matches: readonly T[],
): T[] {
  const before = matches.filter(match => match.finishedAt <= incident.openedAt);
  const own = before.filter(match => match.service === incident.service);
  const candidates = own.length > 0 ? own : before;
  if (candidates.length === 0) return [];
  const latest = candidates.reduce((a, b) =>
    compareDeployments(a, b) >= 0 ? a : b,
  );
  return candidates.filter(
    match =>
      match.source === latest.source &&
      match.environment === latest.environment &&
      match.id === latest.id,
  );
}
