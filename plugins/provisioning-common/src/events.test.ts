import { PROVISIONING_TOPICS, provisioningEvents, signalTag } from './events';

const request = {
  id: '0199a1b2-c3d4-7e5f-8a9b-0c1d2e3f4a5b',
  kind: 'service',
  namespace: 'default',
  name: 'shop',
  entityRef: 'component:default/shop',
  owner: 'group:default/payments',
  requester: 'user:default/mira',
  runId: '0199a1b2-c3d4-7e5f-8a9b-0c1d2e3f4a5c',
  practice: false,
  at: '2026-01-01T00:00:00.000Z',
};

it('has the topics others listen to', () => {
  expect(PROVISIONING_TOPICS).toEqual([
    'provisioning.request.accepted',
    'provisioning.request.ready',
    'provisioning.request.failed',
    'provisioning.request.needs_person',
    'provisioning.request.destroyed',
    'provisioning.service.started',
    'provisioning.service.stopped',
    'provisioning.service.described',
    'provisioning.service.retired',
  ]);
});

it('says why something failed', () => {
  const schema = provisioningEvents['provisioning.request.failed'];
  const reason = { code: 'x', params: {}, text: 'The build is red' };

  expect(schema.safeParse(request).success).toBe(false);
  expect(schema.parse({ ...request, reason })).toEqual({ ...request, reason });
});

it('names no request in a signal', () => {
  expect(signalTag(request.id)).toMatch(/^[0-9a-f]{4}$/);
});
