import { once } from 'node:events';
import { request, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { mockCredentials, TestDatabases } from '@backstage/backend-test-utils';
import eventsPlugin from '@backstage/plugin-events-backend';
import { eventsServiceFactory } from '@backstage/plugin-events-node';
import {
  HOSTILE_SHAPES,
  nextShapes,
  orRefused,
  outgrows,
  type HostileShape,
} from '@internal/hostile-text';
import { githubWebhooks } from '../__testUtils__/githubWebhooks';
import {
  createTestBackend,
  type TestBackend,
} from '../__testUtils__/testBackend';
import { toCsv } from '@fawkes/kit-contract';
import { parseChangeKey } from '../store/keys';
import { readEvents } from './body';

/** A body has 5 MiB at most; the soak goes to one of them. */
const LONGEST = process.env.FAWKES_RUNS ? 1_048_576 : 16_384;
// Thousands of measurements on two busy cores: slow is not broken.
jest.setTimeout(600_000);

const slowOnes = (run: (text: string) => unknown) =>
  nextShapes().flatMap(shape => outgrows(run, shape, LONGEST) ?? []);

/** Below a slice of work all of it is done at once; what is refused, is elsewhere told. */
const reading = (body: string, type: string) => {
  readEvents(body, type).catch((error: unknown) => {
    if (!(error instanceof Error)) throw error;
  });
};

const base64 = (text: string) => Buffer.from(text).toString('base64url');

describe('takes time in proportion to its length:', () => {
  it.each<[string, (text: string) => unknown]>([
    ['the key of a change', parseChangeKey],
    [
      'what the key of a change holds',
      text =>
        parseChangeKey(base64(JSON.stringify(['pull_request', 'a', text]))),
    ],
    ['a body', text => reading(text, 'application/json')],
    ['a body of lines', text => reading(text, 'application/x-ndjson')],
    ['a content type', text => reading('{}', text)],
    ['a cell of CSV', text => toCsv(['head'], [[text]])],
  ])('%s', (_, run) => {
    expect(slowOnes(orRefused(run))).toEqual([]);
  });
});

const databases = TestDatabases.create({ ids: ['SQLITE_3'] });

/** What a header may hold at all. */
const LONG = 12_000;
const inHeaders = HOSTILE_SHAPES.filter(({ of }) =>
  /^[\x21-\x7e][\x20-\x7e]*[\x21-\x7e]$/.test(of(LONG)),
);

describe('over HTTP', () => {
  let backend: TestBackend;
  beforeAll(async () => {
    backend = await createTestBackend({
      db: await databases.init('SQLITE_3'),
      others: await databases.init('SQLITE_3'),
      features: [eventsPlugin, githubWebhooks, eventsServiceFactory],
      ownEvents: true,
      config: {
        events: {
          useEventBus: 'never',
          modules: { github: { webhookSecret: 'of the portal' } },
        },
      },
    });
  });

  /**
   * How long a request keeps the backend busy, ms. Sent as it is: what test
   * clients do to an address takes longer than all the rest.
   */
  async function busyWith(
    [method, path]: [method: string, path: string],
    headers: Record<string, string>,
  ): Promise<number> {
    const { port } = backend.server.address() as AddressInfo;
    const before = process.cpuUsage();
    const sent = request({
      port,
      method,
      path,
      headers: { authorization: mockCredentials.user.header(), ...headers },
    }).end(method === 'POST' ? '{}' : '');
    const [answer] = (await once(sent, 'response')) as [IncomingMessage];
    await once(answer.resume(), 'end');
    const { user, system } = process.cpuUsage(before);
    return (user + system) / 1_000;
  }

  /** Shapes that keep the backend busier than a short text would. */
  async function dearOnes(
    send: (text: string) => Promise<number>,
  ): Promise<string[]> {
    const isDear = async ({ of }: HostileShape) => {
      let long = Infinity;
      let short = Infinity;
      // Noise only adds: what looks too long is measured again, five times.
      for (let look = 0; look < 5; look++) {
        long = Math.min(long, await send(of(LONG)));
        short = Math.min(short, await send(of(100)));
        if (long < 4 * short + 20) return false;
      }
      return true;
    };
    const dear: string[] = [];
    for (const shape of inHeaders) {
      if (await isDear(shape)) dear.push(shape.name);
    }
    return dear;
  }

  it.each([
    ...['x-correlation-id', 'accept', 'content-type', 'accept-encoding'],
    ...['if-none-match', 'if-modified-since', 'authorization', 'cookie'],
    ...['origin', 'x-forwarded-for', 'ce-id', 'ce-time', 'ce-ext'],
  ])('a header %s keeps nobody waiting', async name => {
    const send = (text: string) =>
      busyWith(['POST', '/api/delivery/cdevents'], { [name]: text });
    expect(await dearOnes(send)).toEqual([]);
  });

  it.each(['x-hub-signature-256', 'x-github-event', 'x-github-delivery'])(
    'a header %s of a webhook keeps nobody waiting',
    async name => {
      const send = (text: string) =>
        busyWith(['POST', '/api/events/http/github'], {
          'content-type': 'application/json',
          'x-github-event': 'push',
          'x-hub-signature-256': `sha256=${'a'.repeat(64)}`,
          [name]: text,
        });
      expect(await dearOnes(send)).toEqual([]);
    },
  );

  it.each(['metrics?', 'metrics?tz=', 'quality?scope=', 'deployments/'])(
    'text after %s keeps nobody waiting',
    async path => {
      const send = (text: string) =>
        busyWith(
          ['GET', `/api/delivery/${path}${text.replace(/[^!-~]|#/g, '+')}`],
          {},
        );
      expect(await dearOnes(send)).toEqual([]);
    },
  );
});
