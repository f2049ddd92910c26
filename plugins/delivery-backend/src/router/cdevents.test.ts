import { TestDatabases } from '@backstage/backend-test-utils';
import { intakeResponseSchema } from '@fawkes/backstage-plugin-delivery-common';
import { events, SOURCE } from '../cdevents/__testUtils__/events';
import { cdevent } from '../cdevents/__testUtils__/fixtures';
import { expectContract } from '../__testUtils__/contract';
import {
  createTestBackend,
  type TestBackend,
} from '../__testUtils__/testBackend';

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });
const STRUCTURED = 'application/cloudevents+json';
const BATCH = 'application/cloudevents-batch+json';

interface Envelope {
  specversion: string;
  id: string;
  source: string;
  type: string;
  data: unknown;
}

function envelope(name: string, mode: string): Envelope {
  return {
    specversion: '1.0',
    id: `${mode} ${name}`,
    source: SOURCE,
    type: `dev.cdevents.${name}.0.3.0`,
    data: events.get(name),
  };
}

describe.each(databases.eachSupportedId())('POST /cdevents, %s', databaseId => {
  let backend: TestBackend;
  beforeAll(async () => {
    backend = await createTestBackend({ db: await databases.init(databaseId) });
  });

  const structured = (body: unknown, type: string = STRUCTURED) =>
    backend.me
      .post('/cdevents')
      .set('Content-Type', type)
      .send(typeof body === 'string' ? body : JSON.stringify(body));
  const binary = ({ data, ...attributes }: Envelope) =>
    backend.me
      .post('/cdevents')
      .set('Content-Type', 'application/json')
      .set(
        Object.fromEntries(
          Object.entries(attributes).map(([name, value]) => [
            `ce-${name}`,
            String(value),
          ]),
        ),
      )
      .send(JSON.stringify(data));

  it.each([
    ['structured', structured],
    ['binary', binary],
  ])('takes every type of event in %s mode', async (mode, send) => {
    expect(events.size).toBe(45);
    for (const name of events.keys()) {
      const { status, body } = await send(envelope(name, mode));
      expect({
        name,
        status,
        ...expectContract(intakeResponseSchema, body),
      }).toEqual({
        name,
        status: 202,
        accepted: 1,
        duplicate: 0,
        rejected: 0,
        results: [{ status: 'accepted' }],
      });
    }
    await backend.settle();
    const rows = await backend
      .db('inbox')
      .where('delivery_id', 'like', `${mode} %`)
      .select('*');
    expect(rows).toHaveLength(events.size);
    expect(new Set(rows.map(row => `${row.channel} ${row.state}`))).toEqual(
      new Set(['cdevents processed']),
    );
    const nameless = rows.filter(
      row => row.ignored && !/^CDEvent /.test(row.reason),
    );
    expect(nameless).toEqual([]);
    expect(rows.filter(row => !row.ignored).length).toBe(13);
  });

  it('takes them all in one batch, and knows what it has already', async () => {
    const batch = [...events.keys()].map(name => envelope(name, 'batch'));
    const { body } = await structured(batch, BATCH).expect(202);
    expect(body).toMatchObject({ accepted: 45, duplicate: 0, rejected: 0 });
    const again = await structured(batch, BATCH).expect(202);
    expect(again.body).toMatchObject({ accepted: 0, duplicate: 45 });
  });

  it('keeps one bad event from sinking its batch, and says where it is bad', async () => {
    const bad = {
      ...envelope('service.deployed', 'bad'),
      data: cdevent('service.deployed', {
        context: { timestamp: 'yesterday' },
      }),
    };
    const { body } = await structured(
      [envelope('incident.detected', 'beside'), bad, { ...bad, id: 7 }, null],
      BATCH,
    ).expect(202);
    expect(body).toMatchObject({ accepted: 1, rejected: 3 });
    expect(
      body.results.map((result: { path?: string }) => result.path),
    ).toEqual([
      undefined,
      expect.stringContaining('timestamp'),
      '[2].id',
      '[3]',
    ]);
    const list = await backend.me.get(`/rejected?source=${SOURCE}`).expect(200);
    expect(list.body.items).toMatchObject([
      { channel: 'cdevents', path: expect.stringContaining('timestamp') },
    ]);
  });

  it('refuses data that is nested too deeply, unread', async () => {
    const deep = `${'['.repeat(100_000)}${']'.repeat(100_000)}`;
    const event = JSON.stringify({
      ...envelope('service.deployed', 'deep'),
      data: cdevent('service.deployed', { customData: 'DEEP' }),
    }).replace('"DEEP"', deep);
    const { status, body } = await structured(event);
    expect(status).toBe(400);
    expect(body.results).toEqual([
      {
        status: 'rejected',
        path: '',
        reason: 'is nested more than 64 levels deep',
      },
    ]);
  });

  it.each([
    ['{', STRUCTURED],
    ['[]', STRUCTURED],
    ['{}', BATCH],
    ['', STRUCTURED],
    ['{}', 'application/json'],
    ['{}', 'application/cloudevents+avro'],
  ])('answers 400 for %j as %s', async (text, type) => {
    const { status, body } = await structured(text, type);
    expect(status).toBe(400);
    expect(body.results).toMatchObject([
      {
        status: 'rejected',
        path: expect.any(String),
        reason: expect.stringMatching(/./),
      },
    ]);
  });

  it('answers 413 beyond 1,000 events and beyond 5 MiB', async () => {
    const many = Array.from({ length: 1_001 }, () => ({}));
    expect((await structured(many, BATCH)).status).toBe(413);
    const large = await structured(`"${'x'.repeat(6 * 1024 * 1024)}"`);
    expect(large.status).toBe(413);
  });
});
