import { House } from '../__testUtils__/house';
import type { Fault } from '../__testUtils__/standIn';

const house = new House();
const { standIn } = house;
beforeAll(() => house.start());
afterAll(() => standIn.stop());
beforeEach(() => house.reset());
afterEach(() => standIn.verify());

describe('a GitHub that is busy or away', () => {
  const limited = (status: number, headers: Record<string, string>) => ({
    status,
    headers,
    body: { message: 'Slow down' },
  });
  const once = (
    what: (route: string) => boolean,
    fault: ReturnType<typeof standIn.wrong>,
    times = 1,
  ) => {
    let left = times;
    standIn.wrong = route => (what(route) && left-- > 0 ? fault : undefined);
  };

  it.each([
    [429, { 'retry-after': '7' }, 7_000],
    [403, { 'retry-after': '30' }, 30_000],
    [429, {}, 60_000],
  ])(
    'waits after %s %j, and repeats what was refused',
    async (status, headers, waited) => {
      once(route => route.startsWith('POST /orgs'), limited(status, headers));
      expect(await house.make('repo:ensure')).toMatchObject({ state: 'done' });
      expect(house.waits).toEqual([waited]);
    },
  );

  it('waits until the hour is over where that is soon, and says when where it is not', async () => {
    const reset = (seconds: number) => ({
      'x-ratelimit-remaining': '0',
      'x-ratelimit-reset': String(Math.ceil(Date.now() / 1_000) + seconds),
    });
    once(() => true, limited(403, reset(20)));
    expect(await house.make('repo:ensure')).toMatchObject({ state: 'done' });
    expect(house.waits[0]).toBeGreaterThan(10_000);
    house.reset();
    once(() => true, limited(403, reset(3_000)));
    expect(await house.make('repo:ensure')).toMatchObject({
      state: 'failed',
      reason: {
        code: 'github.limited',
        params: { seconds: expect.any(Number) },
      },
    });
    expect(house.waits).toEqual([]);
  });

  it('asks again after a 502, and fails for now when it stays', async () => {
    once(() => true, limited(502, {}), 3);
    expect(await house.make('repo:ensure')).toMatchObject({ state: 'done' });
    house.reset();
    once(() => true, limited(502, {}), 1_000);
    expect(await house.make('repo:ensure')).toMatchObject({
      state: 'failed',
      reason: { code: 'github.away' },
    });
    expect(await house.lookUp('repo:ensure')).toMatchObject({
      state: 'unreadable',
    });
  });

  it.each<Fault>(['cut-after', 'cut-before', limited(503, {})])(
    'looks before it sends again what had no answer: %j',
    async fault => {
      once(route => route.startsWith('POST /orgs'), fault);
      expect(await house.make('repo:ensure')).toMatchObject({
        state: 'done',
        origin: 'created',
      });
      expect(standIn.state.repositories.size).toBe(1);
    },
  );

  it('does not know what became of a write that never has an answer', async () => {
    once(route => route.startsWith('POST /orgs'), 'cut-before', 1_000);
    expect(await house.make('repo:ensure')).toMatchObject({
      state: 'unknown',
      reason: { code: 'github.away' },
    });
    expect(await house.lookUp('repo:ensure')).toEqual({ state: 'absent' });
  });

  it('fails for now where it was refused for long, and every answer came', async () => {
    const long = limited(403, { 'retry-after': '3000' });
    once(route => route.endsWith('/git/trees'), long, 1_000);
    expect(await house.make('repo:ensure')).toMatchObject({
      state: 'failed',
      reason: { code: 'github.limited' },
    });
    standIn.wrong = () => undefined;
    expect(await house.make('repo:ensure')).toMatchObject({
      state: 'done',
      origin: 'created',
    });
  });

  it('stops waiting when the lease ends', async () => {
    once(() => true, limited(429, { 'retry-after': '60' }), 1_000);
    house.stop.abort(new Error('the lease is lost'));
    await expect(house.make('repo:ensure')).rejects.toThrow('lease is lost');
  });

  it('sends nothing after the lease has run out', async () => {
    house.beforeCall = () => {
      throw new Error('too late');
    };
    await expect(house.make('repo:ensure')).rejects.toThrow('too late');
    expect(standIn.calls).toEqual([]);
  });
});
