import { TestDatabases } from '@backstage/backend-test-utils';
import { sourceMapper } from '../intake/mappers';
import { MIGRATIONS } from '../store/database';
import { cdevent } from './__testUtils__/fixtures';
import { createCdeventsSource } from './cdeventsSource';
import type { CloudEventReading } from './parseCloudEvent';
import { recordCloudEvents } from './recordCloudEvents';

const databases = TestDatabases.create({ ids: ['SQLITE_3'] });

const deployed = cdevent('service.deployed');
const wrong = cdevent('service.deployed', { subject: { content: null } });

function reading(id: string, data: object = deployed): CloudEventReading {
  return { ok: true, source: '/ci', id, data };
}

const unreadable: CloudEventReading = {
  ok: false,
  fault: { path: '[1].id', reason: 'is required' },
};

describe.each(databases.eachSupportedId())('recordCloudEvents on %s', id => {
  async function setup() {
    const db = await databases.init(id);
    await db.migrate.latest({ directory: MIGRATIONS });
    const record = (...readings: CloudEventReading[]) =>
      recordCloudEvents(db, readings, {
        now: Date.parse('2026-01-01T00:00:00Z'),
        correlationId: 'c',
        mapper: sourceMapper(createCdeventsSource(), () => undefined),
      });
    const inbox = () =>
      db('inbox')
        .orderBy('id')
        .select('channel', 'source', 'delivery_id', 'state', 'path');
    return { record, inbox };
  }

  it('keeps each event once, by source and id of its envelope', async () => {
    const { record, inbox } = await setup();
    const first = await record(reading('1'), unreadable, reading('1'));
    expect(first).toEqual({
      accepted: 1,
      duplicate: 1,
      rejected: 1,
      results: [
        { status: 'accepted' },
        { status: 'rejected', path: '[1].id', reason: 'is required' },
        { status: 'duplicate' },
      ],
    });
    expect(await record(reading('1'), reading('2'))).toMatchObject({
      results: [{ status: 'duplicate' }, { status: 'accepted' }],
    });
    expect(await inbox()).toMatchObject([
      { channel: 'cdevents', source: '/ci', delivery_id: '1' },
      { channel: 'cdevents', source: '/ci', delivery_id: '2' },
    ]);
  });

  it('tells a fault at once, keeps it to be seen, and takes the correction', async () => {
    const { record, inbox } = await setup();
    expect(await record(reading('1', wrong))).toMatchObject({
      results: [{ status: 'rejected', path: 'subject.content.environment' }],
    });
    expect(await record(reading('1'))).toMatchObject({ accepted: 1 });
    expect(await inbox()).toMatchObject([
      { state: 'rejected', path: 'subject.content.environment' },
      { state: 'received', path: null },
    ]);
  });

  it('has nothing to do with nothing', async () => {
    const { record } = await setup();
    expect(await record()).toMatchObject({ results: [] });
  });
});
