import { mockServices } from '@backstage/backend-test-utils';
import type { EventParams } from '@backstage/plugin-events-node';
import type { SignalPayload } from '@backstage/plugin-signals-node';
import { Announcer } from './announcer';

describe('Announcer', () => {
  const signals: SignalPayload[] = [];
  const events: EventParams[] = [];
  const logger = mockServices.logger.mock();
  let away: 'signals' | 'events' | undefined;
  const announcer = () =>
    new Announcer({
      signals: {
        publish: async signal => {
          if (away === 'signals') throw new Error('away');
          signals.push(signal);
        },
      },
      events: {
        publish: async event => {
          if (away === 'events') throw new Error('away');
          events.push(event);
        },
        subscribe: async () => {},
      },
      logger,
      channel: 'kit:news',
      tagOf: name => `tag ${name.length}`,
      topic: 'kit.news',
      payloadOf: names => ({ about: names }),
    });

  beforeEach(() => {
    jest.useFakeTimers();
    jest.clearAllMocks();
    signals.length = 0;
    events.length = 0;
    away = undefined;
  });
  afterEach(() => jest.useRealTimers());

  it('says the first of a burst at once and the rest together', async () => {
    const one = announcer();
    one.announce(['bb', 'a']);
    one.announce(['ccc']);
    one.announce(['ccc', 'dddd']);
    await jest.advanceTimersByTimeAsync(0);
    expect(signals).toEqual([
      {
        recipients: { type: 'broadcast' },
        channel: 'kit:news',
        message: { tags: ['tag 1', 'tag 2'] },
      },
    ]);
    await jest.advanceTimersByTimeAsync(500);
    expect(signals[1].message).toEqual({ tags: ['tag 3', 'tag 4'] });
    expect(events).toEqual([
      { topic: 'kit.news', eventPayload: { about: ['a', 'bb'] } },
      { topic: 'kit.news', eventPayload: { about: ['ccc', 'dddd'] } },
    ]);
    await jest.advanceTimersByTimeAsync(5_000);
    expect(signals).toHaveLength(2);
  });

  it('tells no names to everybody who is signed in, and a tag once', async () => {
    announcer().announce(['secret', 'hidden']);
    await jest.advanceTimersByTimeAsync(0);
    expect(signals.map(({ message }) => message)).toEqual([
      { tags: ['tag 6'] },
    ]);
  });

  it('says "many" to screens from fifty-one names on', async () => {
    const names = (count: number) =>
      Array.from({ length: count }, (_, n) => 'x'.repeat(n + 1)).sort();
    const one = announcer();
    one.announce(names(50));
    one.announce(names(51));
    await jest.advanceTimersByTimeAsync(500);
    const [some, many] = signals.map(({ message }) => message);
    expect(some.tags).toHaveLength(50);
    expect(many).toEqual({ tags: null });
    expect(events[1].eventPayload).toEqual({ about: names(51) });
  });

  it.each([
    ['signals', 0, 1],
    ['events', 1, 0],
  ] as const)(
    'tells the others while %s are away, and says so',
    async (which, byScreens, byPlugins) => {
      away = which;
      announcer().announce(['a']);
      await jest.advanceTimersByTimeAsync(0);
      expect(signals).toHaveLength(byScreens);
      expect(events).toHaveLength(byPlugins);
      expect(logger.debug).toHaveBeenCalledTimes(1);
    },
  );
});
