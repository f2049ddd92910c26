import { durationTicks, numberTicks, rateTicks } from './ticks';

describe('ticks', () => {
  it.each([
    [0, [0, 3_600]],
    [45 * 60, [0, 600, 1_200, 1_800, 2_400, 3_000]],
    [5 * 3_600, [0, 3_600, 7_200, 10_800, 14_400, 18_000]],
    [3 * 86_400, [0, 86_400, 172_800, 259_200]],
  ])('takes steps people know for %d seconds', (max, expected) => {
    expect(durationTicks(max)).toEqual(expected);
  });

  it('never counts in fractions when asked for whole numbers', () => {
    expect(numberTicks(3, { integer: true })).toEqual([0, 1, 2, 3]);
    expect(numberTicks(3)).toEqual([0, 1, 2, 3]);
    expect(numberTicks(0.3)).toEqual([0, 0.1, 0.2, 0.3]);
    expect(numberTicks(0)).toEqual([0, 1]);
  });

  it('keeps a rate within 0 and 1', () => {
    expect(rateTicks(0)).toEqual([0, 0.05]);
    expect(rateTicks(0.081)).toEqual([0, 0.02, 0.04, 0.06, 0.08, 0.1]);
    expect(Math.max(...rateTicks(1))).toBe(1);
  });

  it.each([1, 7, 59, 61, 4_000, 90_000, 3_000_000, 90_000_000])(
    'covers %d with at most seven marks',
    max => {
      for (const ticks of [durationTicks(max), numberTicks(max)]) {
        expect(ticks[0]).toBe(0);
        expect(ticks[ticks.length - 1]).toBeGreaterThanOrEqual(max);
        expect(ticks.length).toBeLessThanOrEqual(7);
      }
    },
  );
});
