import fc from 'fast-check';
import { mean, median, percentile, percentileOfSorted } from './percentile';

describe('percentile', () => {
  // What PostgreSQL answers to percentile_cont(p) WITHIN GROUP (ORDER BY v).
  it.each([
    { values: [1, 2, 3, 4], p: 0.5, expected: 2.5 },
    { values: [4, 1, 3, 2], p: 0.25, expected: 1.75 },
    { values: [10, 20, 30], p: 0.9, expected: 28 },
    { values: [10, 20, 30], p: 0, expected: 10 },
    { values: [10, 20, 30], p: 1, expected: 30 },
    { values: [7], p: 0.95, expected: 7 },
    { values: [100, 9, 20], p: 0.5, expected: 20 },
    { values: [], p: 0.5, expected: null },
  ])('$p of $values is $expected', ({ values, p, expected }) => {
    expect(percentile(values, p)).toBe(expected);
  });

  it.each([-0.1, 1.1, Number.NaN])('refuses p = %d', p => {
    expect(() => percentileOfSorted([1], p)).toThrow(/between 0 and 1/);
  });

  it('never leaves the range of the values and grows with p', () => {
    fc.assert(
      fc.property(
        fc.array(fc.nat(1e9), { minLength: 1 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (values, a, b) => {
          const low = percentile(values, Math.min(a, b))!;
          const high = percentile(values, Math.max(a, b))!;
          expect(low).toBeLessThanOrEqual(high + 1e-6);
          expect(low).toBeGreaterThanOrEqual(Math.min(...values));
          expect(high).toBeLessThanOrEqual(Math.max(...values) + 1e-6);
        },
      ),
    );
  });
});

describe('median and mean', () => {
  it.each([
    { values: [3, 1, 2], middle: 2, average: 2 },
    { values: [1, 2, 10, 11], middle: 6, average: 6 },
    { values: [0], middle: 0, average: 0 },
    { values: [], middle: null, average: null },
  ])('of $values', ({ values, middle, average }) => {
    expect(median(values)).toBe(middle);
    expect(mean(values)).toBe(average);
  });
});
