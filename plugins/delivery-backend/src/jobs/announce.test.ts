import { mockServices } from '@backstage/backend-test-utils';
import type { EventParams } from '@backstage/plugin-events-node';
import type { SignalPayload } from '@backstage/plugin-signals-node';
import { signalTag } from '@fawkes/backstage-plugin-delivery-common';
import { Announcer } from './announce';

const tagsOf = (...names: string[]) => names.map(signalTag).sort();

describe('Announcer', () => {
  const signals: SignalPayload[] = [];
  const events: EventParams[] = [];
  let away = false;
  const announcer = () =>
    new Announcer(
      {
        publish: async signal => {
          if (away) throw new Error('away');
          signals.push(signal);
        },
      },
      {
        publish: async event => void events.push(event),
        subscribe: async () => {},
      },
      mockServices.logger.mock(),
    );

  beforeEach(() => {
    jest.useFakeTimers();
    signals.length = 0;
    events.length = 0;
    away = false;
  });
  afterEach(() => jest.useRealTimers());

  it('says the first of a burst at once and the rest together', async () => {
    const one = announcer();
    one.derived(['b', 'a']);
    one.derived(['c']);
    one.derived(['c', 'd']);
    await jest.advanceTimersByTimeAsync(0);
    expect(signals).toEqual([
      {
        recipients: { type: 'broadcast' },
        channel: 'delivery:services',
        message: { tags: tagsOf('a', 'b') },
      },
    ]);
    await jest.advanceTimersByTimeAsync(500);
    expect(signals[1].message).toEqual({ tags: tagsOf('c', 'd') });
    expect(events).toEqual([
      { topic: 'delivery.derived', eventPayload: { services: ['a', 'b'] } },
      { topic: 'delivery.derived', eventPayload: { services: ['c', 'd'] } },
    ]);
    await jest.advanceTimersByTimeAsync(5_000);
    expect(signals).toHaveLength(2);
  });

  it('tells no names to everybody who is signed in', async () => {
    announcer().derived(['component:default/secret-project']);
    await jest.advanceTimersByTimeAsync(0);
    expect(JSON.stringify(signals)).not.toContain('secret');
  });

  it('does not list more than fifty services on screens', async () => {
    const many = Array.from({ length: 51 }, (_, n) => `component:default/${n}`);
    announcer().derived(many);
    await jest.advanceTimersByTimeAsync(0);
    expect(signals[0].message).toEqual({ tags: null });
    expect(events[0].eventPayload).toEqual({ services: [...many].sort() });
  });

  it('tells other plugins while signals are away', async () => {
    away = true;
    announcer().derived(['a']);
    await jest.advanceTimersByTimeAsync(0);
    expect(signals).toEqual([]);
    expect(events).toHaveLength(1);
  });
});
