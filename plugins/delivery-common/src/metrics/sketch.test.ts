import { DDSketch } from '@datadog/sketches-js';
import fc from 'fast-check';
import { percentile } from './percentile';
import { QuantileSketch, SKETCH_ACCURACY } from './sketch';
import { secondsArbitrary } from './__testUtils__/rows';

const text = (sketch: QuantileSketch) => JSON.stringify(sketch.toJson());
const shares = fc.double({ min: 0, max: 1, noNaN: true });
/** The bound itself, and what binary fractions add to it. */
const within = (value: number) => value * SKETCH_ACCURACY + 1e-6;

describe('QuantileSketch', () => {
  it('is within 1 % of the exact percentile, count and sum exact', () => {
    fc.assert(
      fc.property(secondsArbitrary, shares, (values, p) => {
        const sketch = QuantileSketch.of(values);
        expect(sketch.count).toBe(values.length);
        expect(sketch.sum).toBe(values.reduce((a, b) => a + b, 0));
        const exact = percentile(values, p) ?? Number.NaN;
        const estimate = sketch.quantile(p) ?? Number.NaN;
        const tooFar = Math.abs(estimate - exact) > within(exact);
        expect(tooFar).toBe(false);
        expect(Number.isNaN(estimate)).toBe(values.length === 0);
      }),
      { numRuns: 500 },
    );
  });

  it('agrees with the DDSketch of DataDog at every rank', () => {
    // 65 values: every k/64 is exact in binary, so both mean the same rank.
    const values65 = fc.array(
      fc.oneof(fc.nat(100), fc.nat(100_000), fc.nat(300_000_000)),
      { minLength: 65, maxLength: 65 },
    );
    fc.assert(
      fc.property(values65, values => {
        const ours = QuantileSketch.of(values);
        const theirs = new DDSketch({ relativeAccuracy: SKETCH_ACCURACY });
        for (const value of values) theirs.accept(value);
        for (let rank = 0; rank <= 64; rank += 1) {
          const expected = theirs.getValueAtQuantile(rank / 64);
          const difference = ours.quantile(rank / 64)! - expected;
          expect(Math.abs(difference)).toBeLessThanOrEqual(expected * 1e-9);
        }
      }),
    );
  });

  it('is the same to the byte in whatever order and parts it was made', () => {
    fc.assert(
      fc.property(
        secondsArbitrary.chain(values =>
          fc.tuple(
            fc.constant(values),
            fc.shuffledSubarray(values, {
              minLength: values.length,
              maxLength: values.length,
            }),
            fc.nat(values.length),
          ),
        ),
        ([values, shuffled, cut]) => {
          const merged = QuantileSketch.of(shuffled.slice(cut));
          merged.addAll(QuantileSketch.of(shuffled.slice(0, cut)));
          expect(text(merged)).toBe(text(QuantileSketch.of(values)));
        },
      ),
    );
  });

  it('takes away what was added, in any order', () => {
    fc.assert(
      fc.property(secondsArbitrary, secondsArbitrary, (a, b) => {
        const addedFirst = QuantileSketch.of([...a, ...b]);
        addedFirst.subtractAll(QuantileSketch.of(b));
        const takenFirst = new QuantileSketch();
        takenFirst.subtractAll(QuantileSketch.of(b));
        takenFirst.addAll(QuantileSketch.of([...b, ...a]));
        expect(text(addedFirst)).toBe(text(QuantileSketch.of(a)));
        expect(text(takenFirst)).toBe(text(QuantileSketch.of(a)));
      }),
    );
  });

  it('survives a database that orders keys its own way', () => {
    fc.assert(
      fc.property(secondsArbitrary, values => {
        const sketch = QuantileSketch.of(values);
        const { s, z, c } = sketch.toJson();
        const jsonb = JSON.stringify({
          c: Object.fromEntries(Object.entries(c).reverse()),
          z,
          s,
        });
        const back = QuantileSketch.fromJson(JSON.parse(jsonb));
        expect(text(back)).toBe(text(sketch));
        expect(back.count).toBe(sketch.count);
      }),
    );
  });

  it('has a compact form', () => {
    expect(QuantileSketch.of([0, 0, 1, 1, 60]).toJson()).toEqual({
      s: 62,
      z: 2,
      c: { '0': 2, '205': 1 },
    });
    expect(new QuantileSketch().toJson()).toEqual({ s: 0, c: {} });
  });

  it.each([-1, 0.5, Number.NaN, Number.POSITIVE_INFINITY])(
    'refuses %d',
    value => {
      expect(() => new QuantileSketch().add(value)).toThrow(/whole seconds/);
    },
  );

  it('refuses a percentile outside of 0..1', () => {
    expect(() => new QuantileSketch().quantile(50)).toThrow(/between 0 and 1/);
  });
});
