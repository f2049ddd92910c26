import { once } from 'node:events';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { probe, type ProbeDeps } from './probe';
import { isPublicAddress, resolveHere } from './publicAddress';

let server: Server;
let host: string;
let answer: RequestListener;
let asked: number;

beforeAll(async () => {
  server = createServer((request, response) => {
    asked++;
    answer(request, response);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  host = `shop.example:${(server.address() as AddressInfo).port}`;
});
afterAll(async () => {
  server.closeAllConnections();
  server.close();
  await once(server, 'close');
});
beforeEach(() => {
  asked = 0;
  answer = (_, response) => response.end('here');
});

/** The world of the test: its names lead to this machine, which counts as public. */
const world = (more: Partial<ProbeDeps> = {}): ProbeDeps => ({
  allow: new Set([host]),
  resolve: async () => ['127.0.0.1'],
  isPublic: () => true,
  ...more,
});
const ask = (path = '/', more?: Partial<ProbeDeps>) =>
  probe(`http://${host}${path}`, world(more));

it('asks as a stranger, and says what was answered', async () => {
  let headers = {};
  answer = (request, response) => {
    headers = request.headers;
    response.writeHead(418).end('tea');
  };
  expect(await ask('/pot')).toEqual({
    outcome: 'answer',
    status: 418,
    body: 'tea',
    url: `http://${host}/pot`,
  });
  expect(Object.keys(headers).sort()).toEqual([
    'accept',
    'accept-encoding',
    'connection',
    'host',
  ]);
});

it.each([
  '127.0.0.1',
  '10.1.2.3',
  '172.16.0.1',
  '192.168.1.1',
  '169.254.169.254',
  '100.64.0.1',
  '0.0.0.0',
  '224.0.0.1',
  '255.255.255.255',
  '192.0.2.1',
  '::',
  '::1',
  'fe80::1',
  'fc00::1',
  'ff02::1',
  '::ffff:10.0.0.1',
  '::ffff:127.0.0.1',
  '64:ff9b::a00:1',
  '2002:a00:1::',
  '2001:db8::1',
  'nowhere',
  '',
])('does not take %p for public', address => {
  expect(isPublicAddress(address)).toBe(false);
});

it.each(['93.184.216.34', '2606:2800:220:1:248:1893:25c8:1946'])(
  'takes %p for public',
  address => expect(isPublicAddress(address)).toBe(true),
);

it.each([
  ['one private address', ['10.0.0.1']],
  ['one private address among public ones', ['93.184.216.34', '169.254.1.1']],
  ['none', []],
])('does not ask a name that leads to %s', async (_, addresses) => {
  const said = await ask('/', {
    resolve: async () => addresses,
    isPublic: isPublicAddress,
  });
  expect(said).toEqual({ outcome: 'private', host });
  expect(asked).toBe(0);
});

it.each(['127.0.0.1', '[::1]', '[::ffff:7f00:1]', '2130706433', '0x7f.1'])(
  'does not ask %p, however it is written, and though it is on the list',
  async name => {
    const address = `http://${name}:${host.split(':')[1]}/`;
    const said = await probe(address, {
      allow: new Set([new URL(address).host]),
      resolve: resolveHere,
      isPublic: isPublicAddress,
    });
    expect(said).toMatchObject({ outcome: 'private' });
    expect(asked).toBe(0);
  },
);

it('looks a name up once: what it says a moment later changes nothing', async () => {
  let times = 0;
  const resolve = async () => {
    times++;
    return times === 1 ? ['127.0.0.1'] : ['169.254.169.254'];
  };
  const looked: string[] = [];
  const isPublic = (address: string) => {
    looked.push(address);
    return true;
  };
  expect(await ask('/', { resolve, isPublic })).toMatchObject({
    outcome: 'answer',
  });
  expect([times, looked]).toEqual([1, ['127.0.0.1']]);
});

it('goes where a redirect leads only if that is on the list and public', async () => {
  const to = (location: string) => {
    answer = ({ url }, response) =>
      url === '/from'
        ? response.writeHead(302, { Location: location }).end()
        : response.end('there');
  };
  to('/there');
  expect(await ask('/from')).toMatchObject({ body: 'there' });
  for (const location of [
    'http://elsewhere.example/',
    'http://127.0.0.1/',
    'file:///etc/passwd',
    `http://me:pw@${host}/`,
    'http://',
  ]) {
    to(location);
    expect(await ask('/from')).toEqual({ outcome: 'redirect' });
  }
  // The same name leads elsewhere when it is followed.
  to('/there');
  let times = 0;
  const said = await ask('/from', {
    resolve: async () => [++times === 1 ? '127.0.0.1' : '10.0.0.1'],
    isPublic: address => address !== '10.0.0.1',
  });
  expect(said).toEqual({ outcome: 'private', host });
});

it('does not run in circles', async () => {
  answer = (_, response) => response.writeHead(302, { Location: '/' }).end();
  expect(await ask()).toEqual({ outcome: 'redirect' });
  expect(asked).toBe(4);
});

it.each([
  'https://elsewhere.example/',
  'http://shop.example/',
  'http://shop.example.evil.example/',
])('asks nobody else: %s', async address => {
  expect(await probe(address, world())).toMatchObject({
    outcome: 'not-allowed',
  });
  expect(asked).toBe(0);
});

it.each(['', 'shop', 'file:///etc/passwd', 'ftp://shop.example/'])(
  'knows what is no address: %p',
  async address => {
    expect(await probe(address, world())).toEqual({ outcome: 'no-address' });
  },
);

it('reads so much and no more', async () => {
  answer = (_, response) => response.end('x'.repeat(64 * 1024));
  expect(await ask()).toMatchObject({ outcome: 'answer' });
  answer = (_, response) => response.end('x'.repeat(64 * 1024 + 1));
  expect(await ask()).toEqual({ outcome: 'large' });
});

it.each<[string, RequestListener]>([
  ['says nothing', () => {}],
  [
    'never ends',
    (_, response) => {
      response.write('a');
    },
  ],
])('does not wait for what %s', async (_, listener) => {
  answer = listener;
  const timeout = jest.spyOn(AbortSignal, 'timeout').mockImplementation(() => {
    const controller = new AbortController();
    setTimeout(() => controller.abort(), 200);
    return controller.signal;
  });
  expect(await ask()).toEqual({ outcome: 'silent', host });
  expect(timeout).toHaveBeenCalledWith(5_000);
  timeout.mockRestore();
});

it('does not wait for a name that is looked up for ever', async () => {
  const timeout = jest
    .spyOn(AbortSignal, 'timeout')
    .mockImplementation(() => AbortSignal.abort(new Error('over')));
  const said = await ask('/', { resolve: () => new Promise(() => {}) });
  expect(said).toEqual({ outcome: 'silent', host });
  timeout.mockRestore();
});
