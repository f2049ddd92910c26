import fc from 'fast-check';
import {
  ExactSample,
  mergeSamples,
  sampleFromJson,
  sampleToJson,
  toSketch,
} from './sample';
import { QuantileSketch } from './sketch';
import { secondsArbitrary } from './__testUtils__/rows';

const text = (sample: ExactSample | QuantileSketch) =>
  JSON.stringify(sampleToJson(sample));

describe('samples', () => {
  it('stay exact as long as all parts are', () => {
    const sum = mergeSamples([ExactSample.of([3, 1]), ExactSample.of([2])]);
    expect(sum).toMatchObject({ kind: 'exact', count: 3, sum: 6 });
    expect(sum.quantile(0.5)).toBe(2);
    expect(sampleToJson(sum)).toEqual([1, 2, 3]);
  });

  it('become a sketch with the first part that is one', () => {
    fc.assert(
      fc.property(secondsArbitrary, secondsArbitrary, (a, b) => {
        fc.pre(b.length > 0);
        const mixed = mergeSamples([ExactSample.of(a), QuantileSketch.of(b)]);
        expect(mixed.kind).toBe('sketch');
        expect(text(mixed)).toBe(text(QuantileSketch.of([...b, ...a])));
      }),
    );
  });

  it('do not lose exactness to an empty sketch', () => {
    const sum = mergeSamples([new QuantileSketch(), ExactSample.of([5])]);
    expect(sum.kind).toBe('exact');
  });

  it('know their percentiles again after one more value', () => {
    const sample = ExactSample.of([10]);
    expect(sample.quantile(0.5)).toBe(10);
    sample.add(20);
    expect(sample.quantile(0.5)).toBe(15);
  });

  it('come back from JSON as they were', () => {
    fc.assert(
      fc.property(secondsArbitrary, values => {
        const exact = ExactSample.of(values);
        for (const sample of [exact, toSketch(exact)]) {
          const back = sampleFromJson(JSON.parse(text(sample)));
          expect(back.kind).toBe(sample.kind);
          expect(text(back)).toBe(text(sample));
          expect(back.sum).toBe(sample.sum);
        }
      }),
    );
  });

  it('hold whole seconds only', () => {
    expect(() => ExactSample.of([1.5])).toThrow(/whole seconds/);
  });
});
