import { say } from '../contract';
import { knownFigure, unknownFigure } from './figure';
import { ExactSample, toSketch } from './sample';
import {
  countDifferenceIsNoise,
  medianDifferenceIsNoise,
  rateDifferenceIsNoise,
  trendOf,
} from './trend';
import { seeded } from './__testUtils__/rows';

describe('trendOf', () => {
  const noise = () => true;
  const signal = () => false;

  it.each([
    ['lower', 50, 100, signal, 'better'],
    ['lower', 100, 50, signal, 'worse'],
    ['higher', 100, 50, signal, 'better'],
    ['higher', 50, 100, signal, 'worse'],
    ['higher', 50, 100, noise, 'noise'],
    ['higher', 100, 100, noise, 'same'],
    ['higher', 101, 100, signal, 'same'],
    ['higher', 102, 100, signal, 'better'],
    ['lower', 0, 0, signal, 'same'],
    ['lower', 1, 0, signal, 'worse'],
  ] as const)(
    '%s is better: %d after %d',
    (better, current, previous, isNoise, verdict) => {
      expect(
        trendOf({
          current: knownFigure(current),
          previous: knownFigure(previous),
          better,
          isNoise,
        }),
      ).toEqual({
        previous: { value: previous },
        difference: { value: current - previous },
        verdict,
      });
    },
  );

  it('is unknown when either side is, and says why', () => {
    const known = knownFigure(1);
    const blank = unknownFigure(say('recovery.none.window'));
    const question = { better: 'lower', isNoise: signal } as const;
    expect(trendOf({ ...question, current: known, previous: blank })).toEqual({
      previous: blank,
      difference: blank,
      verdict: 'unknown',
    });
    expect(trendOf({ ...question, current: blank, previous: known })).toEqual({
      previous: known,
      difference: blank,
      verdict: 'unknown',
    });
  });
});

describe('rateDifferenceIsNoise', () => {
  it.each([
    ['4 of 23 after 3 of 21', [4, 23], [3, 21], true],
    ['20 % after 10 % of 100', [20, 100], [10, 100], false],
    ['20 % after 10 % of 20', [4, 20], [2, 20], true],
    ['all of 4 after none of 4', [4, 4], [0, 4], true],
    ['all of 5 after none of 5', [5, 5], [0, 5], false],
    ['a young scope', [10, 100], [2, 3], true],
  ] as const)('%s', (_, [a, na], [b, nb], noise) => {
    expect(
      rateDifferenceIsNoise({ hits: a, of: na }, { hits: b, of: nb }),
    ).toBe(noise);
  });
});

describe('countDifferenceIsNoise', () => {
  it.each([
    ['10 after 8', [10, 7], [8, 7], true],
    ['100 after 60', [100, 30], [60, 30], false],
    ['none after 20', [0, 30], [20, 30], false],
    ['2 after none', [2, 30], [0, 30], true],
    ['as many in half the time', [50, 15], [50, 30], false],
    ['half as many in half the time', [25, 15], [50, 30], true],
    ['no time at all', [0, 0], [50, 30], true],
  ] as const)('%s', (_, [a, daysA], [b, daysB], noise) => {
    expect(
      countDifferenceIsNoise(
        { count: a, days: daysA },
        { count: b, days: daysB },
      ),
    ).toBe(noise);
  });
});

describe('medianDifferenceIsNoise', () => {
  /** Log-normal lead times around a median of `middle` seconds. */
  const sample = (random: () => number, size: number, middle: number) =>
    ExactSample.of(
      Array.from({ length: size }, () => {
        const radius = Math.sqrt(-2 * Math.log(1 - random()));
        const normal = radius * Math.cos(2 * Math.PI * random());
        return Math.round(middle * Math.exp(normal));
      }),
    );
  const shareOfSignals = (
    [sizeA, middleA]: readonly [number, number],
    [sizeB, middleB]: readonly [number, number],
  ) => {
    const random = seeded(sizeA + sizeB);
    const trials = 2_000;
    let signals = 0;
    for (let trial = 0; trial < trials; trial += 1) {
      const a = sample(random, sizeA, middleA);
      const b = sample(random, sizeB, middleB);
      if (!medianDifferenceIsNoise(a, b)) signals += 1;
    }
    return signals / trials;
  };

  it.each([
    [5, 5],
    [5, 100],
    [10, 10],
    [10, 200],
    [30, 30],
    [100, 100],
  ])(
    'cries wolf about once in ten times at most, with samples of %d and %d',
    (a, b) => {
      expect(shareOfSignals([a, 90_000], [b, 90_000])).toBeLessThan(0.12);
    },
  );

  it('sees a median that doubled in samples of 100 nearly always', () => {
    expect(shareOfSignals([100, 90_000], [100, 180_000])).toBeGreaterThan(0.95);
  });

  it('proves nothing with fewer than five', () => {
    const few = ExactSample.of([1, 1, 1, 1]);
    const many = ExactSample.of(new Array(100).fill(1_000_000));
    expect(medianDifferenceIsNoise(few, many)).toBe(true);
    expect(medianDifferenceIsNoise(many, few)).toBe(true);
  });

  it('judges sketches as it does the values they were made from', () => {
    const random = seeded(7);
    const a = sample(random, 60, 50_000);
    const b = sample(random, 60, 200_000);
    expect(medianDifferenceIsNoise(a, b)).toBe(false);
    expect(medianDifferenceIsNoise(toSketch(a), toSketch(b))).toBe(false);
  });
});
