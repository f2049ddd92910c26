import { aRequest, aService } from '../../../dev/builders';
import { commandsOf } from './commandsOf';

const shown = (request: Parameters<typeof commandsOf>[0]) =>
  Object.entries(commandsOf(request))
    .filter(([, makesSense]) => makesSense)
    .map(([name]) => name);

it('offers what a running service can be asked', () => {
  expect(shown(aRequest())).toEqual([
    'stop',
    'deploy',
    'rollback',
    'update',
    'transfer',
    'destroy',
  ]);
});

it('goes back only where there is something to go back to', () => {
  const [current] = aRequest().releases;
  expect(shown(aRequest({ releases: [current] }))).not.toContain('rollback');
  const failed = { ...current, current: false, healthy: false };
  expect(shown(aRequest({ releases: [current, failed] }))).not.toContain(
    'rollback',
  );
  expect(shown(aRequest())).toContain('rollback');
});

it('offers to start what is stopped, and to go on with what failed', () => {
  const request = aRequest({
    state: 'failed',
    service: aService({ state: 'stopped', reason: 'idle' }),
  });
  expect(shown(request)).toEqual(
    expect.arrayContaining(['retry', 'start', 'destroy']),
  );
  expect(shown(request)).not.toContain('stop');
});

it('starts and deploys nothing where running services was switched off', () => {
  const service = aService({ state: 'stopped', reason: 'switched_off' });
  expect(shown(aRequest({ service }))).toEqual([
    'update',
    'transfer',
    'destroy',
  ]);
});

it('deploys nothing that is no service, or lives elsewhere', () => {
  const { spec } = aRequest();
  const library = aRequest({
    spec: { ...spec, type: 'library' },
    service: aService({ state: 'none', address: null }),
  });
  const elsewhere = aRequest({
    spec: {
      ...spec,
      repository: {
        host: 'github',
        server: 'github.com',
        owner: 'acme',
        visibility: 'private',
      },
    },
    service: aService({ state: 'none', address: null }),
  });
  for (const request of [library, elsewhere]) {
    expect(shown(request)).toEqual(['update', 'transfer', 'destroy']);
  }
});

it('asks nothing more of what is gone, but for what was kept', () => {
  const service = aService({ state: 'none', address: null });
  expect(shown(aRequest({ state: 'destroyed', service }))).toEqual(['attic']);
  expect(shown(aRequest({ state: 'forgotten', service }))).toEqual([]);
  expect(shown(aRequest({ state: 'destroy_incomplete', service }))).toEqual([
    'destroy',
    'forget',
  ]);
});

it('cancels a run that goes on, but not a taking down', () => {
  const { run } = aRequest();
  const going = { ...run, state: 'running' } as const;
  expect(shown(aRequest({ state: 'running', run: going }))).toContain('cancel');
  expect(
    shown(
      aRequest({ state: 'destroying', run: { ...going, kind: 'destroy' } }),
    ),
  ).not.toContain('cancel');
});
