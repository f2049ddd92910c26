import { TestDatabases } from '@backstage/backend-test-utils';
import {
  deploymentNewsSchema,
  type DeliverySignal,
} from '@fawkes/backstage-plugin-delivery-common';
import { signalTag } from '@fawkes/kit-contract';
import { ago, deployed } from '../__testUtils__/story';
import {
  createTestBackend,
  type TestBackend,
} from '../__testUtils__/testBackend';
import { testSource } from '../__testUtils__/testSource';
import { CART } from '../__testUtils__/testCatalog';

const databases = TestDatabases.create({ ids: ['SQLITE_3'] });
let backend: TestBackend;
let backfilled = 0;

beforeAll(async () => {
  backend = await createTestBackend({
    db: await databases.init('SQLITE_3'),
    features: [
      testSource(
        'nightly',
        async () => {
          backfilled += 1;
        },
        {
          schedule: {
            frequency: { cron: '0 3 * * *' },
            timeout: { minutes: 5 },
            initialDelay: { hours: 1 },
          },
        },
      ),
    ],
  });
});

it('announces new numbers without numbers, to screens without names, after they can be read', async () => {
  await backend.me
    .post('/events', [deployed('live-1', ago(1), { service: 'cart' })])
    .expect(202);
  await backend.settle();
  while (!backend.announced.some(({ topic }) => topic === 'delivery.derived')) {
    await new Promise(setImmediate);
  }
  const tags = backend.signals.flatMap(
    ({ message }) => (message as unknown as DeliverySignal).tags,
  );
  expect(tags).toContain(signalTag(CART));
  for (const signal of backend.signals) {
    expect(signal).toEqual({
      recipients: { type: 'broadcast' },
      channel: 'delivery:services',
      message: { tags: expect.any(Array) },
    });
  }
  const ofTopic = (name: string) =>
    backend.announced.filter(({ topic }) => topic === name);
  for (const { eventPayload } of ofTopic('delivery.derived')) {
    expect(Object.keys(eventPayload as object)).toEqual(['services']);
  }
  // Other plugins are told of the deployment itself.
  const told = ofTopic('delivery.deployment').map(({ eventPayload }) =>
    deploymentNewsSchema.parse(eventPayload),
  );
  expect(told).toMatchObject([{ id: 'live-1', service: CART }]);
  const one = await backend.me.get(`/deployments/${told[0].key}`).expect(200);
  expect(one.body.deployment).toMatchObject({ id: 'live-1' });
});

it('runs what is scheduled: mapping, retention, backfills', async () => {
  const tasks = await backend.scheduler.getScheduledTasks();
  expect(tasks.map(({ id }) => id).sort()).toEqual([
    'delivery-backfill-nightly',
    'delivery-mapping',
    'delivery-retention',
  ]);
  const before = backfilled;
  await backend.scheduler.triggerTask('delivery-backfill-nightly');
  expect(backfilled).toBe(before + 1);
});

it('refuses two sources of one name at start', async () => {
  await expect(
    createTestBackend({
      db: await databases.init('SQLITE_3'),
      features: [testSource('cdevents')],
    }),
  ).rejects.toThrow(/cdevents/);
});

it('refuses settings that cannot be at start, with their path', async () => {
  await expect(
    createTestBackend({
      db: await databases.init('SQLITE_3'),
      settings: { timezone: 'Mars/Olympus' },
    }),
  ).rejects.toThrow(/delivery/);
});
