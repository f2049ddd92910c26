import { mockServices, TestDatabases } from '@backstage/backend-test-utils';
import type { DeliverySource } from '@fawkes/backstage-plugin-delivery-node';
import { createHarness, NOW, type Harness } from '../__testUtils__/harness';
import { listenToTopics } from './listen';

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });

const source: DeliverySource = {
  id: 'tool',
  title: 'Tool',
  topics: ['tool', 'tool.more'],
  keptHeaders: ['x-tool-event'],
  deliveryId: ({ metadata }) => metadata?.['x-id']?.toString(),
  map: () => ({ outcome: 'ignored', reason: 'never asked' }),
};

describe.each(databases.eachSupportedId())('listenToTopics, %s', databaseId => {
  let harness: Harness;
  let kept = 0;
  beforeAll(async () => {
    harness = await createHarness(await databases.init(databaseId));
  });
  beforeEach(async () => {
    await harness.clear();
    kept = 0;
  });

  async function listen(signal?: AbortSignal) {
    const events = mockServices.events();
    await listenToTopics({
      db: harness.db,
      events,
      logger: mockServices.logger.mock(),
      sources: new Map([
        ['tool', source],
        ['silent', { ...source, id: 'silent', topics: [] }],
      ]),
      now: () => NOW,
      onKept: () => {
        kept += 1;
      },
      signal,
    });
    return (eventPayload: unknown, metadata: Record<string, string> = {}) =>
      events.publish({ topic: 'tool', eventPayload, metadata });
  }
  const inbox = () => harness.db('inbox').orderBy('id').select('*');

  it('is done when the message is durable, and keeps no secret header', async () => {
    const publish = await listen();
    await publish(
      { a: 1 },
      {
        'x-id': '7',
        'X-Tool-Event': 'push',
        'x-other-tool': 'not read',
        'x-hub-signature-256': 'sha256=1',
        authorization: 'Bearer x',
      },
    );
    expect(await inbox()).toMatchObject([
      {
        channel: 'tool',
        source: 'tool',
        delivery_id: '7',
        state: 'received',
        payload: '{"a":1}',
        headers: '{"x-tool-event":"push"}',
        received_at: NOW,
      },
    ]);
    expect(kept).toBe(1);
  });

  it('tells messages apart by their key, else by what they say', async () => {
    const publish = await listen();
    await publish({ a: 1 }, { 'x-id': '7' });
    await publish({ a: 2 }, { 'x-id': '7' });
    await publish({ a: 1, b: 2 });
    await publish({ b: 2, a: 1 });
    await publish({ a: 1, b: 2 }, { 'x-id': '' });
    await publish({ a: 3 }, { 'x-id': 'x'.repeat(300) });
    expect(await inbox()).toMatchObject([
      { delivery_id: '7', payload: '{"a":1}' },
      { payload: '{"a":1,"b":2}' },
      { delivery_id: 'x'.repeat(255) },
    ]);
  });

  it('keeps a payload with characters no database writes as it came', async () => {
    const publish = await listen();
    const payload = { a: '\u0000 \ud800' };
    await publish(payload, { 'x-id': '\u0000' });
    expect(JSON.parse((await inbox())[0].payload)).toEqual(payload);
  });

  it('waits for a database that is away, so that nothing is answered too early', async () => {
    const publish = await listen();
    await harness.db.schema.renameTable('inbox', 'inbox_away');
    let done = false;
    const published = publish({ a: 1 }).then(() => {
      done = true;
    });
    try {
      await expect(harness.db('inbox').select('*')).rejects.toThrow();
      expect(done).toBe(false);
    } finally {
      await harness.db.schema.renameTable('inbox_away', 'inbox');
    }
    await published;
    expect(await inbox()).toHaveLength(1);
  });

  it('stops waiting with the backend, and says that nothing was kept', async () => {
    const stopping = new AbortController();
    const publish = await listen(stopping.signal);
    await harness.db.schema.renameTable('inbox', 'inbox_away');
    try {
      const published = publish({ a: 1 });
      stopping.abort();
      await expect(published).rejects.toThrow();
    } finally {
      await harness.db.schema.renameTable('inbox_away', 'inbox');
    }
    expect(kept).toBe(0);
  });
});
