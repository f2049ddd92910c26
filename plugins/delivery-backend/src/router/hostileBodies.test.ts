import { setImmediate } from 'node:timers/promises';
import { TestDatabases } from '@backstage/backend-test-utils';
import { MAX_EVENTS_BYTES } from '@fawkes/backstage-plugin-delivery-common';
import {
  createTestBackend,
  type TestBackend,
} from '../__testUtils__/testBackend';

const databases = TestDatabases.create({ ids: ['SQLITE_3'] });

const NDJSON = 'application/x-ndjson';
const STRUCTURED = 'application/cloudevents+json';
const BATCH = 'application/cloudevents-batch+json';

/** How long one turn of the event loop may keep the processor, ms. */
const LONGEST_TURN_MS = 150;

/** So much of a text that it just fits into a body, with something around it. */
function full(unit: string, before = '', after = '', most = MAX_EVENTS_BYTES) {
  const room = most - before.length - after.length;
  return `${before}${unit.repeat(Math.floor(room / unit.length))}${after}`;
}

const keys = (most: number) => {
  const parts = Array.from(
    { length: Math.floor(most / 11) },
    (_, n) => `"${n.toString(36).padStart(5, 'k')}":1`,
  );
  return `{${parts.join(',')}}`;
};
const deep = (levels: number) => '['.repeat(levels) + ']'.repeat(levels);
const encoded = (data: string) =>
  JSON.stringify({
    specversion: '1.0',
    id: '1',
    source: '/ci',
    type: 'dev.cdevents.service.deployed.0.3.0',
    data_base64: Buffer.from(data).toString('base64'),
  });
const ITEM = 1024 * 1024 - 200;

const SHAPES: Array<[what: string, body: string]> = [
  ['lists in a list', full('[],', '[', '[]]')],
  ['objects in an object', full('{},', '{"data":[', '{}]}')],
  ['nothing but opening brackets', full('[')],
  ['deep lists', deep(MAX_EVENTS_BYTES / 2)],
  ['a deep list in one event', `[${deep(ITEM / 2)}]`],
  ['many keys', keys(MAX_EVENTS_BYTES - 20)],
  ['four events of many keys', `[${Array(4).fill(keys(ITEM)).join(',')}]`],
  [
    'four events of lists',
    `[${Array(4).fill(full('[],', '[', '[]]', ITEM)).join(',')}]`,
  ],
  [
    'a thousand long texts',
    `[${Array(1_000)
      .fill(`"${'x'.repeat(5_000)}"`)
      .join(',')}]`,
  ],
  ['one text', full('x', '["', '"]')],
  ['a text without an end', full('x', '["')],
  ['escapes', full('\\u0000', '["', '"]')],
  ['backslashes', full('\\\\', '"', '"')],
  ['one number', full('9', '[', ']')],
  ['numbers', full('1,', '[', '1]')],
  ['commas', full(',', '[', ']')],
  ['spaces', full(' ', '[', ']')],
  ['spaces alone', full(' ')],
  ['line ends', full('\n')],
  ['short lines', full('1\n')],
  ['blank lines', full(' \n')],
  ['returns', full('\r')],
  ['one line', full('x')],
  ['encoded depth', encoded(deep(150_000))],
  ['encoded lists', encoded(full('[],', '[', '[]]', 300_000))],
  ['a text of depth', JSON.stringify(deep(500_000))],
];

const SENT: Array<[path: string, type: string, headers: object]> = [
  ['/events', 'application/json', {}],
  ['/events', NDJSON, {}],
  ['/cdevents', STRUCTURED, {}],
  ['/cdevents', BATCH, {}],
  [
    '/cdevents',
    'application/json',
    {
      'ce-specversion': '1.0',
      'ce-id': '1',
      'ce-source': '/ci',
      'ce-type': 'dev.cdevents.service.deployed.0.3.0',
    },
  ],
];

/** Whatever looks too long is looked at again: what others cause only adds. */
const LOOKS = 3;

async function longestTurn(work: () => Promise<void>): Promise<number> {
  let least = Infinity;
  for (let look = 0; look < LOOKS && least > LONGEST_TURN_MS; look++) {
    least = Math.min(least, await measureTurns(work));
  }
  return Math.round(least);
}

/** The most processor time that one turn of the event loop took meanwhile, ms. */
async function measureTurns(work: () => Promise<void>): Promise<number> {
  let longest = 0;
  let done = false;
  const watched = (async () => {
    while (!done) {
      const before = process.cpuUsage();
      await setImmediate();
      const { user, system } = process.cpuUsage(before);
      longest = Math.max(longest, (user + system) / 1_000);
    }
  })();
  try {
    await work();
  } finally {
    done = true;
    await watched;
  }
  return longest;
}

describe.each(databases.eachSupportedId())('hostile bodies, %s', databaseId => {
  let backend: TestBackend;
  beforeAll(async () => {
    backend = await createTestBackend({ db: await databases.init(databaseId) });
  });

  async function send(
    path: string,
    body: string | Buffer,
    type: string,
    headers: object,
    what: string,
  ): Promise<void> {
    const { status } = await backend.me
      .post(path, body)
      .set({ ...headers, 'Content-Type': type });
    expect([what, [202, 400, 413]]).toEqual([
      what,
      expect.arrayContaining([status]),
    ]);
  }

  it.each(SENT)(
    'keep nobody waiting: %s as %s',
    async (path, type, headers) => {
      const slow: string[] = [];
      for (const [what, body] of SHAPES) {
        const turn = await longestTurn(() =>
          send(path, body, type, headers, what),
        );
        if (turn > LONGEST_TURN_MS) slow.push(`${what}: ${turn} ms`);
      }
      expect(slow).toEqual([]);
    },
    60_000,
  );
});
