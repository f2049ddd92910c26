import { compareText } from '@fawkes/kit-contract';
import type {
  Quota,
  RepositoryHost,
  RequestState,
  ServiceState,
  ServiceType,
} from '../contract';
import type { Said } from '@fawkes/kit-contract';
import { isBusy } from './commands';
import { isUp } from './service';
import { say } from './words';

/** How many there may be. @public */
export interface QuotaLimits {
  /** Services of one owner group. */
  perOwner: number;
  /** Services that run on this portal. */
  running: number;
}

/** Limits where nothing else is configured. @public */
export const DEFAULT_LIMITS: QuotaLimits = { perOwner: 20, running: 10 };

/** A request as quotas count it. @public */
export interface CountedRequest {
  /** Entity ref of the owning group. */
  owner: string;
  /** Where the request stands. */
  state: RequestState;
  /** Where the running service stands. */
  service: ServiceState;
  /** Type of the service; libraries never run. */
  type: ServiceType;
  /** Where its repository lies: this portal runs only what is local. */
  host: RepositoryHost;
}

/** Whether a request counts for its owner: until nothing of it is left. @public */
export function countsForOwner({ state }: CountedRequest): boolean {
  return state !== 'destroyed' && state !== 'forgotten';
}

/**
 * Whether a request counts as running here: its process is there, or a run that
 * goes on will start it.
 * @public
 */
export function countsAsRunning(request: CountedRequest): boolean {
  const { host, type, service, state } = request;
  if (host !== 'local' || type === 'library') return false;
  const willStart =
    isBusy(state) && state !== 'destroying' && service === 'none';
  return isUp(service) || willStart;
}

/** Both quotas as they stand for an owner. @public */
export function quotasOf(
  owner: string,
  requests: readonly CountedRequest[],
  limits: QuotaLimits,
): { owner: Quota; running: Quota } {
  const owned = requests.filter(
    request => request.owner === owner && countsForOwner(request),
  );
  return {
    owner: quota('owner', limits.perOwner, owned),
    running: quota('running', limits.running, requests.filter(countsAsRunning)),
  };
}

function quota(
  kind: Quota['kind'],
  limit: number,
  counted: readonly CountedRequest[],
): Quota {
  const counts = new Map<string, number>();
  for (const { owner } of counted) {
    counts.set(owner, (counts.get(owner) ?? 0) + 1);
  }
  const holders = [...counts]
    .map(([who, count]) => ({ who, count }))
    .sort((a, b) => b.count - a.count || compareText(a.who, b.who));
  return { kind, limit, used: counted.length, holders };
}

/**
 * The first quota in which there is no room for one more; undefined where there
 * is room in all.
 * @public
 */
export function fullQuota(quotas: readonly Quota[]): Quota | undefined {
  return quotas.find(({ used, limit }) => used >= limit);
}

/** Why there is no room. @public */
export function quotaWords({ kind, limit, used }: Quota, owner: string): Said {
  return kind === 'owner'
    ? say('quota.owner', { owner, used, limit })
    : say('quota.running', { used, limit });
}
