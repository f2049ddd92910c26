import { once } from 'node:events';
import {
  createServer,
  request,
  type IncomingMessage,
  type ServerResponse,
} from 'node:http';
import {
  connect,
  createServer as createTcpServer,
  type AddressInfo,
  type Server,
  type Socket,
} from 'node:net';
import { text } from 'node:stream/consumers';
import { TestClock } from '../__testUtils__/testClock';
import { Forwarder } from './forwarder';

describe('the forwarder', () => {
  let forwarder: Forwarder;
  let clock: TestClock;
  let port: number;
  const servers: Server[] = [];

  beforeEach(async () => {
    clock = new TestClock();
    forwarder = new Forwarder(clock);
    port = await forwarder.start();
  });
  afterEach(async () => {
    await forwarder.stop();
    for (const server of servers.splice(0)) server.close();
  });

  /** The way to a server of this test. */
  async function to(server: Server) {
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    servers.push(server);
    const where = server.address() as AddressInfo;
    return async () => {
      const socket = connect(where.port, '127.0.0.1');
      await once(socket, 'connect');
      return socket;
    };
  }

  function call(path: string, headers: Record<string, string> = {}) {
    return new Promise<IncomingMessage>((resolve, reject) => {
      request({ host: '127.0.0.1', port, path, headers, agent: false })
        .on('response', resolve)
        .on('error', reject)
        .end();
    });
  }

  it.each([
    'localhost',
    'evil.example.com',
    '127.0.0.1',
    '127.0.0.1:1',
    '[::1]',
  ])('answers to no other name than its own: %s', async host => {
    let called = false;
    const server = createServer(() => {
      called = true;
    });
    forwarder.switchTo(await to(server));
    const before = forwarder.lastCall;
    await clock.pass(1_000);
    const answer = await call('/', { host });
    expect(answer.statusCode).toBe(421);
    expect(await text(answer)).toContain(`http://127.0.0.1:${port}`);
    expect(called).toBe(false);
    // It is no call, so it keeps nothing awake.
    expect(forwarder.lastCall).toBe(before);
  });

  it('takes a path and no address', async () => {
    expect((await call('http://elsewhere.example.com/')).statusCode).toBe(400);
  });

  it('hands on what is meant for the service, and no more', async () => {
    let seen: IncomingMessage | undefined;
    const server = createServer((incoming, response) => {
      seen = incoming;
      response.writeHead(201, 'Made', [
        'X-A',
        '1',
        'x-a',
        '2',
        'Keep-Alive',
        'timeout=7',
      ]);
      response.end('x');
    });
    forwarder.switchTo(await to(server));
    const answer = await call('/p?q', {
      connection: 'close, x-hop',
      'x-hop': '1',
      'proxy-authorization': 'Basic x',
      te: 'trailers',
      cookie: 'a=1; b=2',
    });
    expect(answer.statusCode).toBe(201);
    expect(answer.headersDistinct['x-a']).toEqual(['1', '2']);
    expect(answer.headers['keep-alive']).not.toBe('timeout=7');
    expect(seen!.url).toBe('/p?q');
    expect(seen!.headers).toEqual({
      host: `127.0.0.1:${port}`,
      cookie: 'a=1; b=2',
      connection: expect.anything(),
    });
    expect(seen!.headers.connection).not.toContain('x-hop');
  });

  it.each<[string, (socket: Socket) => void, number]>([
    ['hangs up', socket => socket.destroy(), 502],
    ['talks nonsense', socket => socket.end('nonsense\r\n\r\n'), 502],
  ])('says so when a service %s', async (_, behave, status) => {
    forwarder.switchTo(
      await to(
        createTcpServer(socket => {
          socket.on('error', () => {});
          behave(socket);
        }),
      ),
    );
    expect((await call('/')).statusCode).toBe(status);
  });

  it('says so when there is no way to a service, or none runs', async () => {
    forwarder.switchTo(async () => {
      throw new Error('no way');
    });
    expect((await call('/')).statusCode).toBe(503);
    forwarder.detach('It sleeps.');
    const answer = await call('/');
    expect(answer.statusCode).toBe(503);
    expect(await text(answer)).toBe('It sleeps.\n');
  });

  it('hands on an answer that comes before the question is through', async () => {
    const server = createServer((_, response) => {
      response.writeHead(413, { connection: 'close' }).end('too much');
    });
    forwarder.switchTo(await to(server));
    const asking = request({
      host: '127.0.0.1',
      port,
      method: 'POST',
      agent: false,
    });
    asking.on('error', () => {});
    asking.write('x');
    const [answer] = (await once(asking, 'response')) as [IncomingMessage];
    expect(answer.statusCode).toBe(413);
    asking.destroy();
  });

  it('hangs up on a service when its caller leaves', async () => {
    const server = createTcpServer();
    const reached = once(server, 'connection') as Promise<[Socket]>;
    forwarder.switchTo(await to(server));
    const leaving = request({ host: '127.0.0.1', port, agent: false });
    leaving.on('error', () => {}).end();
    const [socket] = await reached;
    socket.on('error', () => {});
    await once(socket, 'data');
    leaving.destroy();
    await once(socket, 'close');
    expect(socket.destroyed).toBe(true);
  });

  it('waits for calls of a release, and not for ever', async () => {
    const server = createServer();
    const reached = once(server, 'request') as Promise<
      [IncomingMessage, ServerResponse]
    >;
    const way = await to(server);
    forwarder.switchTo(way);
    const calling = call('/');
    const [, response] = await reached;
    await forwarder.drained(way, 50);
    const drained = forwarder.drained(way, 60_000);
    response.end('done');
    expect((await calling).statusCode).toBe(200);
    await drained;
    // One that nobody calls is drained.
    await forwarder.drained(async () => connect(1), 60_000);
  });
});
