import { readCloudEvents } from './readCloudEvents';

const LIMITS = { items: 3, itemLength: 1_000, depth: 16, values: 100 };
const BATCH = { 'content-type': 'application/cloudevents-batch+json' };
const event = (id: string) => ({
  specversion: '1.0',
  id,
  source: '/ci',
  type: 'dev.cdevents.service.deployed.0.3.0',
  data: { context: {} },
});
const read = (body: unknown, headers: Record<string, string> = BATCH) =>
  readCloudEvents(
    headers,
    typeof body === 'string' ? body : JSON.stringify(body),
    LIMITS,
  );

describe('readCloudEvents', () => {
  it('reads a batch event by event, and keeps what is good', async () => {
    const broken = `[${JSON.stringify(event('1'))}, {"id":}, ${JSON.stringify({
      ...event('3'),
      id: undefined,
    })}]`;
    expect(await read(broken)).toMatchObject([
      { ok: true, source: '/ci', id: '1' },
      { ok: false, fault: { path: '[1]', reason: 'is not JSON' } },
      { ok: false, fault: { path: '[2].id' } },
    ]);
  });

  it('takes an empty batch for what it is', async () => {
    expect(await read([])).toEqual([]);
  });

  it('refuses more events than there may be, whole', async () => {
    await expect(
      read([1, 2, 3, 4].map(String).map(event)),
    ).rejects.toMatchObject({ statusCode: 413 });
  });

  it('refuses one event that is too large, by its place', async () => {
    const large = { ...event('2'), subject: 'x'.repeat(1_000) };
    expect(await read([event('1'), large])).toMatchObject([
      { ok: true },
      {
        ok: false,
        fault: { path: '[1]', reason: expect.stringMatching(/may have 1000/) },
      },
    ]);
  });

  it.each(['{"a":1}', 'null', '"x"'])(
    'a batch is an array, not %s',
    async body => {
      expect(await read(body)).toMatchObject([
        { ok: false, fault: { reason: 'must be a JSON array of CloudEvents' } },
      ]);
    },
  );

  it('reads a structured event', async () => {
    const headers = { 'content-type': 'application/cloudevents+json' };
    expect(await read(event('7'), headers)).toMatchObject([
      { ok: true, id: '7' },
    ]);
    expect(
      await read(`{"data":${'['.repeat(65)}${']'.repeat(65)}}`, headers),
    ).toMatchObject([
      { ok: false, fault: { reason: expect.stringContaining('nested') } },
    ]);
    expect(await read('{', headers)).toEqual([
      { ok: false, fault: { path: '', reason: 'is not JSON' } },
    ]);
  });
});
