import { gzipSync } from 'node:zlib';
import { TestDatabases } from '@backstage/backend-test-utils';
import { intakeResponseSchema } from '@fawkes/backstage-plugin-delivery-common';
import { expectContract } from '../__testUtils__/contract';
import { sha } from '../__testUtils__/harness';
import { ago, broken, committed, deployed } from '../__testUtils__/story';
import {
  createTestBackend,
  type TestBackend,
} from '../__testUtils__/testBackend';
import { CART } from '../__testUtils__/testCatalog';

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });
const MEBIBYTE = 1024 * 1024;
const NDJSON = 'application/x-ndjson';

const good = (id: string) =>
  deployed(id, ago(2, 12), {
    service: 'cart',
    repository: 'acme/cart',
    sha: sha('x'),
  });
const pull = (fields: object) => ({
  type: 'change',
  kind: 'pull_request',
  source: 'github.com/acme',
  id: '7',
  occurredAt: ago(2),
  repository: 'acme/cart',
  number: 7,
  openedAt: ago(3),
  baseBranch: 'main',
  headSha: sha('head'),
  commits: [],
  labels: [],
  ...fields,
});
const item = (fields: object) => ({
  type: 'work-item',
  source: 'jira',
  id: 'X-1',
  occurredAt: ago(2),
  title: 'T',
  kind: 'task',
  createdAt: ago(3),
  labels: [],
  ...fields,
});

/** Characters that do not pack well, in 3 bytes each. */
const unlike = (length: number) =>
  Array.from({ length }, (_, n) =>
    String.fromCharCode(0x4e00 + ((n * 7919) % 20_000)),
  ).join('');

/** Events with one fault each, and where it is. */
const FAULTS: Array<[what: string, event: unknown, path: string]> = [
  [
    'a naive time',
    { ...good('f'), occurredAt: '2026-01-02T03:04:05' },
    'occurredAt',
  ],
  [
    'a time that does not exist',
    { ...good('f'), finishedAt: '2026-02-30T00:00:00Z' },
    'finishedAt',
  ],
  [
    'a time that is a number',
    { ...good('f'), finishedAt: 1_700_000_000 },
    'finishedAt',
  ],
  ['a time in the future', { ...good('f'), finishedAt: ago(-3) }, 'finishedAt'],
  ['an unknown field', { ...good('f'), colour: 'red' }, 'colour'],
  [
    'an unknown field of a part',
    deployed('f', ago(2), {
      parts: [{ repository: 'a/b', sha: sha('x'), tag: 'v1' }],
    }),
    'parts[0].tag',
  ],
  ['a short sha', { ...good('f'), sha: 'abc1234' }, 'sha'],
  [
    'a short sha in a list',
    { ...good('f'), commits: [sha('a'), 'abc'] },
    'commits[1]',
  ],
  [
    'a start after the finish',
    { ...good('f'), startedAt: ago(1) },
    'finishedAt',
  ],
  [
    'an incident resolved before it opened',
    broken('f', CART, ago(2), { resolvedAt: ago(3) }),
    'resolvedAt',
  ],
  [
    'a work item closed before it was made',
    item({ closedAt: ago(4) }),
    'closedAt',
  ],
  ['null for absent', { ...good('f'), version: null }, 'version'],
  [
    'a terminal status without an end',
    { ...good('f'), finishedAt: undefined },
    'finishedAt',
  ],
  [
    'a sha without a repository',
    { ...good('f'), repository: undefined },
    'repository',
  ],
  [
    'parts beside a sha',
    { ...good('f'), parts: [{ repository: 'a/b', sha: sha('x') }] },
    'parts',
  ],
  ['an unknown status', { ...good('f'), status: 'meh' }, 'status'],
  ['an unknown type', { ...good('f'), type: 'party' }, 'type'],
  ['no type', { ...good('f'), type: undefined }, 'type'],
  [
    'an unknown kind of change',
    { ...committed('a/b', 1, ago(2)), kind: 'tag' },
    'kind',
  ],
  ['no id', { ...good('f'), id: undefined }, 'id'],
  ['an empty source', { ...good('f'), source: '' }, 'source'],
  ['a source that is a list', { ...good('f'), source: ['ci'] }, 'source'],
  [
    'a URL that is no web page',
    { ...good('f'), url: 'data:text/html,hello' },
    'url',
  ],
  [
    'a service that is no reference',
    { ...good('f'), service: 'a b' },
    'service',
  ],
  ['a negative number', pull({ number: -1 }), 'number'],
  ['a number beyond the database', pull({ number: 2 ** 31 }), 'number'],
  [
    'a rating beyond five',
    {
      type: 'feedback',
      source: 's',
      id: '1',
      occurredAt: ago(2),
      at: ago(2),
      rating: 6,
    },
    'rating',
  ],
  [
    'a repository with white space',
    { ...good('f'), repository: 'a/ b' },
    'repository',
  ],
  [
    'a repository with half a character',
    { ...good('f'), repository: 'a/\ud800' },
    'repository',
  ],
  [
    'a character no database keeps',
    { ...good('f'), source: 'c\u0000i' },
    'source',
  ],
  [
    'half a character',
    { ...good('f'), environment: 'prod\udc00' },
    'environment',
  ],
  [
    'a long cause that is not ASCII',
    broken('f', CART, ago(2), { causedBy: unlike(513) }),
    'causedBy',
  ],
  [
    'a field named __proto__',
    JSON.parse(
      `{"__proto__": {}, "type": "incident", "source": "s", "id": "1", "occurredAt": "${ago(
        2,
      )}", "openedAt": "${ago(2)}"}`,
    ),
    '__proto__',
  ],
  ['a text', 'deployment', ''],
  ['null', null, ''],
  ['a list in the list', [good('f')], ''],
];

describe.each(databases.eachSupportedId())('POST /events, %s', databaseId => {
  let backend: TestBackend;
  beforeAll(async () => {
    backend = await createTestBackend({ db: await databases.init(databaseId) });
  });
  const inbox = (id: string) =>
    backend.db('inbox').where('payload', 'like', `%"id":"${id}"%`).select('*');
  const send = (body: unknown) => backend.me.post('/events', body as object);

  it('takes a list, and answers after it is durable', async () => {
    const { status, body } = await send([good('a-1'), good('a-2')]);
    expect(status).toBe(202);
    expect(expectContract(intakeResponseSchema, body)).toEqual({
      accepted: 2,
      duplicate: 0,
      rejected: 0,
      results: [{ status: 'accepted' }, { status: 'accepted' }],
    });
    expect(await inbox('a-1')).toHaveLength(1);
  });

  it('takes a single object', async () => {
    const { status, body } = await send(good('single'));
    expect(status).toBe(202);
    expect(body.accepted).toBe(1);
  });

  it('takes NDJSON, and keeps a bad line apart', async () => {
    const lines = [
      JSON.stringify(good('line-1')),
      '',
      '{"type": "deployment"',
      JSON.stringify(good('line-2')),
      '',
    ].join('\r\n');
    const { status, body } = await backend.me
      .post('/events')
      .set('Content-Type', NDJSON)
      .send(lines);
    expect(status).toBe(202);
    expectContract(intakeResponseSchema, body);
    expect(body.results).toEqual([
      { status: 'accepted' },
      { status: 'rejected', path: '', reason: 'is not JSON' },
      { status: 'accepted' },
    ]);
    const [kept] = await backend
      .db('inbox')
      .where({ state: 'rejected', reason: 'is not JSON' });
    expect(kept.payload).toContain('{"type": "deployment"');
  });

  it('knows an identical resend, and a later state of the same', async () => {
    const { body: first } = await send([good('again'), good('again')]);
    expect(first).toMatchObject({ accepted: 1, duplicate: 1 });
    const reordered = Object.fromEntries(
      Object.entries(good('again')).reverse(),
    );
    const { status, body } = await send([
      reordered,
      { ...good('again'), occurredAt: ago(2, 13) },
    ]);
    expect(status).toBe(202);
    expect(body.results).toEqual([
      { status: 'duplicate' },
      { status: 'accepted' },
    ]);
    expect(await inbox('again')).toHaveLength(2);
  });

  it.each(FAULTS)('rejects %s at its place', async (what, event, path) => {
    const neighbour = good(`beside ${what}`);
    const { status, body } = await send([neighbour, event]);
    expect({ status, ...body.results[1] }).toEqual({
      status: 'rejected',
      path,
      reason: expect.stringMatching(/\w{2}/),
    });
    expect(status).toBe(202);
    expect(body.results[0]).toEqual({ status: 'accepted' });
    expectContract(intakeResponseSchema, body);
  });

  it('clips a text that is too long, and takes the event', async () => {
    const { status, body } = await send([
      item({ title: 'x'.repeat(513) }),
      item({ userProblem: 'x'.repeat(16 * 1024 + 1) }),
    ]);
    expect({ status, ...body }).toMatchObject({ status: 202, rejected: 0 });
  });

  it('answers 400 when nothing could be taken, and keeps it to be seen', async () => {
    const { status, body } = await send([{ ...good('bad-only'), sha: 'x' }]);
    expect(status).toBe(400);
    expectContract(intakeResponseSchema, body);
    expect(await inbox('bad-only')).toMatchObject([
      { state: 'rejected', path: 'sha', source: 'ci' },
    ]);
  });

  it('takes a rejected event that is cut in the middle of a character', async () => {
    const long = `${'x'.repeat(16 * 1024 - 2 - '{"a":"'.length)}😀😀😀😀`;
    const { status, body } = await send([
      good('beside cut'),
      { a: long },
      { a: `x${long}` },
    ]);
    expect(status).toBe(202);
    expect(body).toMatchObject({ accepted: 1, rejected: 2 });
  });

  it('takes a title that was cut in the middle of a character', async () => {
    const { body } = await send([
      { ...committed('acme/cut', 1, ago(2)), title: 'Fix 😀'.slice(0, -1) },
    ]);
    expect(body).toMatchObject({ accepted: 1 });
    await backend.settle();
    const [commit] = await backend
      .db('commits')
      .where('repository', 'github.com/acme/cut');
    expect(commit.title).toBe('Fix \ufffd');
  });

  it('takes 1,000 events and refuses 1,001', async () => {
    const many = Array.from({ length: 1_001 }, (_, n) => ({
      type: 'feedback',
      source: 'survey',
      id: `many-${n}`,
      occurredAt: ago(2),
      at: ago(2),
      rating: 5,
    }));
    const refused = await send(many);
    expect(refused.status).toBe(413);
    expect(refused.body.error).toMatchObject({
      name: 'PayloadTooLargeError',
      message: 'A request may hold at most 1000 items; this one holds more',
    });
    const lines = await backend.me
      .post('/events')
      .set('Content-Type', NDJSON)
      .send(many.map(event => JSON.stringify(event)).join('\n'));
    expect(lines.status).toBe(413);
    expect(await inbox('many-1')).toEqual([]);
    const { body } = await send(many.slice(1));
    expect(body).toMatchObject({ accepted: 1_000 });
  });

  it('refuses a body of 6 MiB, also one that is packed', async () => {
    const body = JSON.stringify([
      item({ userProblem: 'x'.repeat(6 * MEBIBYTE) }),
    ]);
    const plain = await backend.me
      .post('/events')
      .set('Content-Type', 'application/json')
      .send(body);
    expect(plain.status).toBe(413);
    expect(plain.body.error.message).toMatch(
      /^The body may hold at most 5242880 bytes/,
    );
    const packed = await backend.me
      .post('/events')
      .set('Content-Type', 'application/json')
      .set('Content-Encoding', 'gzip')
      .serialize(data => data)
      .send(gzipSync(body));
    expect(packed.status).toBe(413);
  });

  it('takes a packed body and refuses one packed in an unknown way', async () => {
    const { body, status } = await backend.me
      .post('/events')
      .set('Content-Type', 'application/json')
      .set('Content-Encoding', 'gzip')
      .serialize(data => data)
      .send(gzipSync(JSON.stringify([good('packed')])));
    expect(status).toBe(202);
    expect(body.accepted).toBe(1);
    const unknown = await backend.me
      .post('/events')
      .set('Content-Type', 'application/json')
      .set('Content-Encoding', 'lzma')
      .send('[]');
    expect(unknown.status).toBe(415);
    const torn = await backend.me
      .post('/events')
      .set('Content-Type', 'application/json')
      .set('Content-Encoding', 'gzip')
      .send('[]');
    expect(torn.status).toBe(400);
  });

  it.each([
    ['{"type":', 'not JSON'],
    ['', 'not JSON'],
    ['[]', 'no event'],
  ])('refuses the body %j with a word on what to send', async (text, named) => {
    const { status, body } = await backend.me
      .post('/events')
      .set('Content-Type', 'application/json')
      .send(text);
    expect(status).toBe(400);
    expect(body.error.name).toBe('InputError');
    expect(body.error.message).toContain(named);
  });

  it('survives JSON that is nested too deeply to be written again', async () => {
    const deep = `${'['.repeat(200_000)}${']'.repeat(200_000)}`;
    const { status, body } = await backend.me
      .post('/events')
      .set('Content-Type', 'application/json')
      .send(`[${JSON.stringify(good('beside deep'))},${deep},{"a":${deep}}]`);
    expect(status).toBe(202);
    expect(body).toMatchObject({ accepted: 1, rejected: 2 });
  });

  it('processes everything it accepted', async () => {
    await send([
      { ...good('tall'), artifact: `pkg:oci/${'x'.repeat(1_000)}` },
      { ...good('wide'), environment: unlike(200), version: '😀'.repeat(256) },
      { ...good(unlike(512)), source: unlike(200) },
      broken('caused', CART, ago(1), { causedBy: 'c'.repeat(1_024) }),
      broken('caused by many', CART, ago(1), { causedBy: unlike(512) }),
      good('after all these'),
    ]);
    await backend.settle();
    const { body } = await backend.me.get('/rejected?limit=200').expect(200);
    const late = body.items.filter((one: { reason: string }) =>
      /database|failed/.test(one.reason),
    );
    expect(late).toEqual([]);
    const [{ count }] = await backend
      .db('inbox')
      .where('state', 'processed')
      .count({ count: '*' });
    expect(Number(count)).toBeGreaterThan(1_000);
  });
});
