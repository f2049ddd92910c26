import { SERVICE_STATES } from '../contract';
import { changesService, isUp } from './service';

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
