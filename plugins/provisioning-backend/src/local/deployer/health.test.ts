import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { connect, type AddressInfo } from 'node:net';
import { TestClock } from '../__testUtils__/testClock';
import { becomeHealthy, HEALTH_RULES, type HealthQuestion } from './health';

describe('becomeHealthy', () => {
  let server: Server;
  /** Answers to /ready, one after the other; the last one stays. */
  let ready: number[];
  let health: number[];
  let asked: string[];
  const clock = new TestClock();

  beforeEach(async () => {
    asked = [];
    health = [200];
    server = createServer((request, response) => {
      asked.push(request.url!);
      const answers = request.url === '/ready' ? ready : health;
      const status = answers.length > 1 ? answers.shift()! : answers[0];
      // Silence is an answer too.
      if (status) response.writeHead(status).end('x'.repeat(100_000));
      else response.destroy();
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
  });
  afterEach(() => {
    server.close();
    server.closeAllConnections();
  });

  function ask(change: Partial<HealthQuestion> = {}) {
    const way = async () => {
      const socket = connect(
        (server.address() as AddressInfo).port,
        '127.0.0.1',
      );
      await once(socket, 'connect');
      return socket;
    };
    return becomeHealthy({
      connect: way,
      address: way,
      rules: { ...HEALTH_RULES, every: 10, within: 2_000 },
      host: '127.0.0.1:1',
      clock,
      begun: clock.now(),
      exited: () => undefined,
      ...change,
    });
  }

  it('asks for health once, and for readiness three times in a row', async () => {
    ready = [503, 200, 200, 0, 200, 200, 302, 200];
    expect(await ask()).toEqual({
      health: expect.any(Number),
      ready: expect.any(Number),
    });
    expect(asked).toEqual(['/health', ...Array(10).fill('/ready')]);
  });

  it('gives up in time, and says what it saw last', async () => {
    ready = [200, 200, 404];
    expect(await ask()).toEqual({ why: 'not-ready', code: 404 });
    health = [0];
    expect(await ask()).toEqual({ why: 'silent', code: null });
    health = [500];
    expect(await ask()).toEqual({ why: 'not-ready', code: 500 });
  });

  it('asks no more of what has ended', async () => {
    ready = [500];
    const end = { why: 'exited', code: 3 } as const;
    expect(await ask({ exited: () => end })).toEqual(end);
    expect(asked).toEqual(['/health', '/ready']);
  });

  it('stops when nobody wants to know', async () => {
    ready = [500];
    const signal = AbortSignal.abort(new Error('superseded'));
    await expect(ask({ signal })).rejects.toThrow('superseded');
  });

  it('is a second apart and a minute long, by default', () => {
    expect(HEALTH_RULES).toEqual({
      health: '/health',
      ready: '/ready',
      times: 3,
      every: 1_000,
      within: 60_000,
    });
  });
});
