import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { createServer } from 'node:http';
import { test } from 'node:test';
import { fromRoot } from '../lib/paths.mjs';
import { untilMapped } from '../lib/untilMapped.mjs';
import { untilProcessed } from '../story/delivery/untilProcessed.mjs';
import { Portal } from '../story/lib/portal.mjs';
import { ProgressLine } from '../story/lib/progressLine.mjs';
import { batchesOf, sendEvents } from '../story/lib/send.mjs';

/** A portal as far as the story sees one; `answer` may answer instead of it. */
async function startPortal(t, answer = () => undefined) {
  const seen = { events: [], requests: [], inFlight: 0, most: 0, waiting: 2 };
  const server = createServer(async (request, response) => {
    seen.inFlight += 1;
    seen.most = Math.max(seen.most, seen.inFlight);
    let body = '';
    for await (const chunk of request) body += chunk;
    const call = `${request.method} ${request.url}`;
    seen.requests.push({ call, headers: request.headers });
    const { status, value, headers } =
      answer(call, seen) ?? respond(call, body, seen);
    response.writeHead(status, headers);
    response.end(value && JSON.stringify(value));
    seen.inFlight -= 1;
  });
  await new Promise(resolve => server.listen(0, '127.0.0.1', resolve));
  t.after(() => new Promise(resolve => server.close(resolve)));
  return { seen, baseUrl: `http://127.0.0.1:${server.address().port}` };
}

function respond(call, body, seen) {
  if (call === 'POST /api/delivery/events') {
    const events = JSON.parse(body);
    seen.events.push(...events);
    const results = events.map(() => ({ status: 'accepted' }));
    return {
      status: 202,
      value: { accepted: events.length, duplicate: 0, rejected: 0, results },
    };
  }
  if (call === 'GET /api/delivery/intake') {
    const received = Math.max(0, seen.waiting--);
    return { status: 200, value: { received, dirtyServices: received } };
  }
  if (call === 'GET /api/delivery/quality') {
    return { status: 200, value: { unmapped: [{ what: 'github.com/a/b' }] } };
  }
  if (call === 'GET /api/auth/fawkes-dev/refresh') {
    return { status: 200, value: { backstageIdentity: { token: 'hers' } } };
  }
  if (call === 'GET /api/delivery/sources') {
    const received = seen.events.length;
    return {
      status: 200,
      value: { items: [{ id: 'fawkes-story', received }] },
    };
  }
  if (call === 'DELETE /api/delivery/sources/fawkes-story/facts') {
    seen.events = [];
    return { status: 204 };
  }
  return { status: 404, value: {} };
}

const runStory = (args, env = {}) =>
  new Promise(resolve => {
    execFile(
      process.execPath,
      [fromRoot('scripts', 'story.mjs'), ...args],
      { env: { ...process.env, FAWKES_STORY_TOKEN: 'a-token', ...env } },
      (error, stdout, stderr) =>
        resolve({ code: error?.code ?? 0, stdout, stderr }),
    );
  });

/** What is told here is told of sending; the other chapters ask for things in ways of their own. */
const DELIVERY = ['--only', 'delivery'];

const silent = new ProgressLine({ isTTY: false, write: () => true });
const event = id => ({ type: 'incident', id: `INC-${id}` });
const portalAt = baseUrl => new Portal({ baseUrl, waitMs: 1 }).of('delivery');

test('batches hold 500 events, and less than 5 MiB', () => {
  const small = batchesOf(Array.from({ length: 1201 }, (_, i) => event(i)));
  assert.deepEqual(
    small.map(b => [b.from, b.count]),
    [
      [0, 500],
      [500, 500],
      [1000, 201],
    ],
  );
  const large = batchesOf(
    Array.from({ length: 9 }, (_, i) => ({ ...event(i), x: 'ö'.repeat(5e5) })),
  );
  assert.equal(large.length, 3);
  assert.ok(large.every(b => Buffer.byteLength(b.body) < 5 * 1024 * 1024));
  assert.equal(large.flatMap(b => JSON.parse(b.body)).length, 9);
});

test('the whole story is told, once, and can be taken back', async t => {
  const { seen, baseUrl } = await startPortal(t);
  const args = [...DELIVERY, '--base-url', `${baseUrl}/`, '--scale', '0.1'];
  const told = await runStory([...args, '--if-empty']);
  assert.equal(told.code, 0, told.stderr);
  assert.match(
    told.stdout,
    /deliveries of the sample story are told: [\d,]+ events, sent in/,
  );
  const ids = new Set(seen.events.map(e => `${e.type}/${e.id}`));
  assert.equal(ids.size, seen.events.length);
  assert.ok(ids.size > 2_000);
  assert.ok(seen.most <= 4);
  for (const { headers } of seen.requests) {
    assert.equal(headers.authorization, 'Bearer a-token');
  }

  const again = await runStory([...args, '--if-empty']);
  assert.equal(
    again.stdout.trim(),
    'The deliveries of the sample story are told already',
  );

  const removed = await runStory([...args, '--remove']);
  assert.match(removed.stdout, /deliveries of the sample story are removed/);
  assert.deepEqual(seen.events, []);
});

test('the launcher waits for what somebody who may read the catalog sees in it', async t => {
  const { seen, baseUrl } = await startPortal(t);
  const args = [
    ...DELIVERY,
    ...['--base-url', baseUrl, '--scale', '0.05', '--until-counted'],
  ];
  const told = await runStory(args);
  assert.equal(told.code, 0, told.stderr);
  assert.match(
    told.stdout.trim().split('\n').at(-1),
    /are told: [\d,]+ events/,
  );
  const asked = seen.requests.filter(({ call }) => call.endsWith('/quality'));
  assert.deepEqual(
    asked.map(({ headers }) => headers.authorization),
    ['Bearer hers'],
  );
});

test('numbers that are not final are told, and the story stands', async t => {
  const { baseUrl } = await startPortal(t, call =>
    call === 'GET /api/delivery/quality'
      ? { status: 403, value: { error: { message: 'not you' } } }
      : undefined,
  );
  const args = [
    ...DELIVERY,
    ...['--base-url', baseUrl, '--scale', '0.05', '--until-counted'],
  ];
  const { code, stdout } = await runStory(args);
  assert.equal(code, 0);
  assert.match(stdout, /may still change for a minute: .*not you\n.*are told/);
});

test('a chapter that is not there is named', async () => {
  const { code, stderr } = await runStory(['--only', 'delivery,tales']);
  assert.equal(code, 1);
  assert.match(stderr, /no chapter `tales`[^]*It has: delivery/);
});

test('without a token of its own it takes that of the development configuration', async t => {
  const { seen, baseUrl } = await startPortal(t);
  await runStory([...DELIVERY, '--base-url', baseUrl, '--remove'], {
    FAWKES_STORY_TOKEN: undefined,
  });
  assert.equal(
    seen.requests[0].headers.authorization,
    'Bearer fawkes-development-only-story-token',
  );
});

test('a portal that is busy or restarts is asked again', async t => {
  let troubles = [
    { status: 503 },
    { status: 429, headers: { 'retry-after': '0' } },
    { status: 502 },
  ];
  const { seen, baseUrl } = await startPortal(t, call =>
    call.startsWith('POST') ? troubles.shift() : undefined,
  );
  const told = await sendEvents(
    portalAt(baseUrl),
    '/events',
    [event(1)],
    silent,
  );
  assert.equal(told.accepted, 1);
  assert.equal(seen.requests.length, 4);

  troubles = Array.from({ length: 7 }, () => ({ status: 503 }));
  await assert.rejects(
    sendEvents(portalAt(baseUrl), '/events', [event(1)], silent),
    /answered 503 to POST/,
  );
});

test('rejected events are named with the path of the fault', async t => {
  const results = [
    { status: 'accepted' },
    { status: 'rejected', path: 'openedAt', reason: 'is not a date' },
  ];
  const { baseUrl } = await startPortal(t, () => ({
    status: 202,
    value: { accepted: 1, duplicate: 0, rejected: 1, results },
  }));
  const told = await sendEvents(
    portalAt(baseUrl),
    '/events',
    [event(1), event(2)],
    silent,
  );
  assert.deepEqual(told.rejections, ['incident INC-2: openedAt is not a date']);
});

test('whoever waits for nothing to move is told so', async t => {
  const { baseUrl } = await startPortal(t, () => ({
    status: 200,
    value: { received: 3, dirtyServices: 1 },
  }));
  await assert.rejects(
    untilProcessed(portalAt(baseUrl), silent, { everyMs: 1, patienceMs: 20 }),
    /3 wait, 1 services/,
  );
});

test('a catalog that is being read is waited for, one without the services is not', async t => {
  const { seen, baseUrl } = await startPortal(t, (call, { requests }) => ({
    status: 200,
    value: {
      unmapped: requests.length < 3 ? [{ what: 'component:default/shop' }] : [],
    },
  }));
  const get = path => portalAt(baseUrl).get(path);
  assert.equal(await untilMapped(get, { everyMs: 1 }), true);
  assert.equal(seen.requests.length, 3);
  seen.requests.length = 0;
  assert.equal(await untilMapped(get, { everyMs: 1, withinMs: 0 }), false);
});

test('failures say what to do', async t => {
  const refusals = [
    [401, /FAWKES_STORY_TOKEN/],
    [403, /accessRestrictions/],
    [404, /delivery backend installed/],
  ];
  for (const [status, advice] of refusals) {
    const { baseUrl } = await startPortal(t, () => ({
      status,
      value: { error: { message: 'no' } },
    }));
    const { code, stderr } = await runStory([
      '--base-url',
      baseUrl,
      '--scale',
      '0.05',
    ]);
    assert.equal(code, 1);
    assert.match(stderr, new RegExp(`answered ${status} to POST .*: no`));
    assert.match(stderr, advice);
  }
  const absent = await runStory([
    '--base-url',
    'http://127.0.0.1:1',
    '--if-empty',
  ]);
  assert.equal(absent.code, 1);
  assert.match(absent.stderr, /No portal answers[^]*npm start/);
  const wrong = await runStory(['--scale', 'much']);
  assert.match(wrong.stderr, /--scale is a number/);
});
