import fc from 'fast-check';
import { decimalOf, fraction, isPass, plus, requiredOf, times } from './marks';

describe('a pass', () => {
  it.each([
    [55, 1, 100, '55', true],
    [54, 1, 100, '55', false],
    [13, 2, 8, '80', true],
    [6, 1, 8, '80', false],
    [2, 3, 1, '66.67', false],
    [2, 3, 1, '66.66', true],
    [0, 1, 0, '0', false],
    [0, 1, 5, '0', true],
  ])('%s/%s of %s at %s %%: %s', (n, d, total, percent, passed) => {
    expect(isPass(fraction(n, d), total, percent)).toBe(passed);
  });

  it('is what is required, for whole points', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 1_000 }),
        fc.integer({ min: 0, max: 10_000 }),
        (total, share) => {
          const percent = `${Math.floor(share / 100)}.${String(
            share % 100,
          ).padStart(2, '0')}`;
          const required = requiredOf(total, percent);
          expect(isPass(fraction(required), total, percent)).toBe(true);
          const less = fraction(required - 1);
          expect(isPass(less, total, percent)).toBe(false);
        },
      ),
    );
  });

  it('is never lost by more points', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 500 }),
        fc.integer({ min: 1, max: 9 }),
        fc.integer({ min: 1, max: 100 }),
        (points, parts, total) => {
          const score = fraction(points, parts);
          const more = plus(score, fraction(1, 3));
          fc.pre(isPass(score, total, '80'));
          expect(isPass(more, total, '80')).toBe(true);
        },
      ),
    );
  });
});

it('adds thirds to a whole', () => {
  const third = fraction(1, 3);
  expect(plus(plus(third, third), third)).toEqual(fraction(1));
  expect(times(third, 6)).toEqual(fraction(2));
});

it('reads decimals as they are written', () => {
  expect(decimalOf('66.67')).toEqual({ numerator: 6667n, denominator: 100n });
  expect(decimalOf('-0.50')).toEqual({ numerator: -1n, denominator: 2n });
  for (const wrong of ['', '1e3', '1.', '.5', '0x1', '1'.repeat(60)]) {
    expect(() => decimalOf(wrong)).toThrow(TypeError);
  }
});
