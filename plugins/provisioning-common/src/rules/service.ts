import type { ServiceState } from '../contract';

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
