import { SERVICE_STATES, STOP_REASONS, type ServiceState } from '../contract';
import { changesService, isUp, SERVICE_EVENTS, serviceAfter } from './service';

/** Columns: start, ready, unready, stop, remove. */
const CELLS: Record<ServiceState, string> = {
  none: 'starting none none none none',
  starting: 'starting healthy unhealthy stopped none',
  healthy: 'starting healthy unhealthy stopped none',
  unhealthy: 'starting healthy unhealthy stopped none',
  stopped: 'starting stopped stopped stopped none',
};

describe.each(SERVICE_STATES)('%s', state => {
  it.each(SERVICE_EVENTS.map((event, index) => [event, index] as const))(
    'after %s',
    (event, index) => {
      const reason = state === 'stopped' ? 'idle' : null;
      const after = serviceAfter({ state, reason }, event);
      expect(after.state).toBe(CELLS[state].split(' ')[index]);
      expect(after.reason !== null).toBe(after.state === 'stopped');
    },
  );
});

it.each(STOP_REASONS)('is stopped because of %s', reason => {
  expect(
    serviceAfter({ state: 'healthy', reason: null }, 'stop', reason),
  ).toEqual({
    state: 'stopped',
    reason,
  });
});

it('keeps why it stopped first', () => {
  expect(
    serviceAfter({ state: 'stopped', reason: 'limit' }, 'stop', 'exited')
      .reason,
  ).toBe('limit');
});

it('is started and stopped by hand only where that changes something', () => {
  expect(
    SERVICE_STATES.filter(state => changesService('start', state)),
  ).toEqual(['unhealthy', 'stopped']);
  expect(SERVICE_STATES.filter(state => changesService('stop', state))).toEqual(
    ['starting', 'healthy', 'unhealthy'],
  );
  expect(SERVICE_STATES.filter(isUp)).toEqual([
    'starting',
    'healthy',
    'unhealthy',
  ]);
});
