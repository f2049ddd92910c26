import { TestDatabases } from '@backstage/backend-test-utils';
import request from 'supertest';
import { ago, deployed } from '../__testUtils__/story';
import {
  createTestBackend,
  type TestBackend,
} from '../__testUtils__/testBackend';

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });

describe.each(databases.eachSupportedId())('answers, %s', databaseId => {
  let backend: TestBackend;
  beforeAll(async () => {
    backend = await createTestBackend({ db: await databases.init(databaseId) });
  });
  beforeEach(() => {
    backend.audits.length = 0;
  });

  describe('correlation id', () => {
    const sent = (id?: string) => {
      const get = backend.me.get('/openapi.json');
      return id === undefined ? get : get.set('X-Correlation-ID', id);
    };

    it.each(['a', 'trace:01.2-3_4', 'x'.repeat(128)])('takes %s', async id => {
      const { headers } = await sent(id);
      expect(headers['x-correlation-id']).toBe(id);
    });

    it.each([undefined, '', 'x'.repeat(129), 'a b', '<script>', "1'; --"])(
      'makes one instead of %j',
      async id => {
        const { headers } = await sent(id);
        expect(headers['x-correlation-id']).toMatch(
          /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/,
        );
      },
    );

    it('stays with the event, unless that has one of its own', async () => {
      await backend.me
        .post('/events')
        .set('X-Correlation-ID', 'request-1')
        .send([
          deployed('plain', ago(2)),
          { ...deployed('own', ago(2)), correlationId: 'event-1' },
        ] as object)
        .expect(202);
      const rows = await backend.db('inbox').orderBy('correlation_id');
      expect(rows.map(row => row.correlation_id)).toEqual([
        'event-1',
        'request-1',
      ]);
    });
  });

  it('audits what is taken in, with the number of events', async () => {
    await backend.me.post('/events', [deployed('audited', ago(2))]).expect(202);
    expect(backend.audits).toEqual([
      { eventId: 'event-mutate', meta: { events: 1 }, outcome: 'success' },
    ]);
  });

  it('are made after the events are durable, and fail when they are not', async () => {
    await backend.settle();
    await backend.db.schema.renameTable('inbox', 'inbox_away');
    try {
      const { status, body, text } = await backend.me
        .post('/events')
        .set('X-Correlation-ID', 'the-lost-one')
        .send([deployed('lost', ago(2))]);
      expect(status).toBe(500);
      expect(body.error).toEqual({
        name: 'Error',
        message:
          'Something went wrong on our side; the log has it under the-lost-one',
      });
      expect(text).not.toMatch(/inbox|insert|select|\.ts|node_modules/i);
      expect(backend.audits).toMatchObject([
        { eventId: 'event-mutate', outcome: 'failed' },
      ]);
    } finally {
      await backend.db.schema.renameTable('inbox_away', 'inbox');
    }
    await backend.me.post('/events', [deployed('lost', ago(2))]).expect(202);
  });

  it.each([
    ['get', '/metrics?scope=%'],
    ['get', '/metrics?tz=x'],
    ['get', '/deployments/%E0%A4%A'],
    ['get', '/deployments?cursor=x'],
    ['get', '/nothing'],
    ['post', '/events'],
    ['post', '/replay'],
    ['delete', '/sources/nothing'],
    ['get', `/metrics?${'scope=a&'.repeat(1_500)}`],
    ['get', `/metrics?scope=${'x'.repeat(8_000)}`],
  ] as const)('%s %.40s tells no stack, path or SQL', async (method, path) => {
    const response = await request(backend.server)
      [method](`/api/delivery${path}`)
      .set('Content-Type', 'application/json')
      .send(method === 'get' ? undefined : '{"broken":');
    expect(response.status).toBeGreaterThanOrEqual(400);
    expect(response.status).toBeLessThan(500);
    expect(response.text).not.toMatch(/\bat \S+ \(|\.[jt]s:\d+|node_modules/);
    expect(response.text).not.toMatch(/insert into|select .* from/i);
  });
});
