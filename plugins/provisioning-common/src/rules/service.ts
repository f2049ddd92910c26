import type { ServiceState, StopReason } from '../contract';

/** What may happen to a running service. @public */
export const SERVICE_EVENTS = [
  /** A release is started: deployed, or by hand. */
  'start',
  /** Ready three times in a row. */
  'ready',
  /** No longer ready, though its process is there. */
  'unready',
  /** It has ended or was ended; the reason says why. */
  'stop',
  /** What it consisted of was removed. */
  'remove',
] as const;
/** One of {@link SERVICE_EVENTS}. @public */
export type ServiceEventName = (typeof SERVICE_EVENTS)[number];

/** Where a service stands, and why when it is stopped. @public */
export interface ServiceStanding {
  /** Where it stands. */
  state: ServiceState;
  /** Why it is stopped; null in other states. */
  reason: StopReason | null;
}

const TABLE: Record<ServiceState, Record<ServiceEventName, ServiceState>> = {
  none: {
    start: 'starting',
    ready: 'none',
    unready: 'none',
    stop: 'none',
    remove: 'none',
  },
  starting: {
    start: 'starting',
    ready: 'healthy',
    unready: 'unhealthy',
    stop: 'stopped',
    remove: 'none',
  },
  healthy: {
    start: 'starting',
    ready: 'healthy',
    unready: 'unhealthy',
    stop: 'stopped',
    remove: 'none',
  },
  unhealthy: {
    start: 'starting',
    ready: 'healthy',
    unready: 'unhealthy',
    stop: 'stopped',
    remove: 'none',
  },
  // What a process said before it was stopped may be heard after it.
  stopped: {
    start: 'starting',
    ready: 'stopped',
    unready: 'stopped',
    stop: 'stopped',
    remove: 'none',
  },
};

/**
 * Where a service stands after an event. A second stop keeps the first reason:
 * it is why nothing ran any more.
 * @public
 */
export function serviceAfter(
  from: ServiceStanding,
  event: ServiceEventName,
  reason: StopReason = 'asked',
): ServiceStanding {
  const state = TABLE[from.state][event];
  if (state !== 'stopped') return { state, reason: null };
  return { state, reason: from.reason ?? reason };
}

/**
 * Whether a start or stop by hand changes anything: starting what is up and
 * stopping what is down are answered as they stand.
 * @public
 */
export function changesService(
  command: 'start' | 'stop',
  state: ServiceState,
): boolean {
  if (state === 'none') return false;
  return command === 'start'
    ? state === 'stopped' || state === 'unhealthy'
    : state !== 'stopped';
}

/** Whether a process of this service is there. @public */
export function isUp(state: ServiceState): boolean {
  return state === 'starting' || state === 'healthy' || state === 'unhealthy';
}
