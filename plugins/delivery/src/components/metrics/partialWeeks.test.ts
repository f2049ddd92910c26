import { partialWeeks } from './partialWeeks';

const window = (from: string, to: string, tz = 'UTC') => ({
  window: { from, to, tz, bucket: 'week' as const, elapsedDays: 0 },
  asOf: '2026-04-01T12:00:00.000Z',
});

describe('partialWeeks', () => {
  it.each([
    // Monday to Monday, both past.
    ['2026-03-02T00:00:00Z', '2026-03-23T00:00:00Z', [false, false, false]],
    // From Tuesday.
    ['2026-03-03T00:00:00Z', '2026-03-23T00:00:00Z', [true, false, false]],
    // Until Sunday's beginning.
    ['2026-03-02T00:00:00Z', '2026-03-22T00:00:00Z', [false, false, true]],
    // The last week is not over.
    ['2026-03-16T00:00:00Z', '2026-04-06T00:00:00Z', [false, false, true]],
  ])('of %s to %s are %j', (from, to, expected) => {
    expect(partialWeeks(window(from, to), 3)).toEqual(expected);
  });

  it('begins weeks on the clock of the window', () => {
    const berlin = window(
      '2026-03-01T23:00:00Z',
      // After the change to summer time.
      '2026-03-29T22:00:00Z',
      'Europe/Berlin',
    );
    expect(partialWeeks(berlin, 4)).toEqual([false, false, false, false]);
    expect(
      partialWeeks({ ...berlin, window: { ...berlin.window, tz: 'UTC' } }, 5),
    ).toEqual([true, false, false, false, true]);
  });

  it('knows a single week that is cut at either side', () => {
    expect(
      partialWeeks(window('2026-03-03T00:00:00Z', '2026-03-09T00:00:00Z'), 1),
    ).toEqual([true]);
    expect(partialWeeks(window('', ''), 0)).toEqual([]);
  });
});
