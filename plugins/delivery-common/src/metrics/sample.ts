import { assertWholeSeconds } from './durations';
import { percentileOfSorted, sortNumbers } from './percentile';
import { QuantileSketch, type SketchJson } from './sketch';

/**
 * Durations in whole seconds, of which percentiles are asked. `exact` keeps
 * every value, `sketch` keeps counts per bucket and is right within 1 %.
 * Count and sum (and so the mean) are exact in both.
 * @public
 */
export type Sample = ExactSample | QuantileSketch;

/** Keeps every value. @public */
export class ExactSample {
  /** Tells it from a {@link QuantileSketch}. */
  readonly kind = 'exact';
  readonly #values: number[] = [];
  #sum = 0;
  #sorted: Float64Array | undefined;

  /** The sample of these values, whole seconds. */
  static of(values: Iterable<number>): ExactSample {
    const sample = new ExactSample();
    for (const value of values) sample.add(value);
    return sample;
  }

  /** How many values it holds. */
  get count(): number {
    return this.#values.length;
  }

  /** Seconds. */
  get sum(): number {
    return this.#sum;
  }

  /** Ascending. */
  get sorted(): Float64Array {
    this.#sorted ??= sortNumbers(this.#values);
    return this.#sorted;
  }

  /**
   * Adds one value.
   *
   * @param value - whole seconds, 0 or more
   */
  add(value: number): void {
    assertWholeSeconds(value);
    this.#values.push(value);
    this.#sum += value;
    this.#sorted = undefined;
  }

  /** Adds the values of another sample. */
  addAll(other: ExactSample): void {
    for (const value of other.#values) this.add(value);
  }

  /** Percentile in seconds at 0 ≤ p ≤ 1, interpolated; null when empty. */
  quantile(p: number): number | null {
    return percentileOfSorted(this.sorted, p);
  }
}

/** Exact values ascending, or a sketch. @public */
export type SampleJson = number[] | SketchJson;

/**
 * Adds samples up. Exact ones stay exact; as soon as one of them is a sketch
 * the result is one, because what a sketch forgot cannot come back.
 * @public
 */
export function mergeSamples(samples: readonly Sample[]): Sample {
  if (samples.every(sample => sample.kind === 'exact' || sample.isEmpty)) {
    const sum = new ExactSample();
    for (const sample of samples) {
      if (sample.kind === 'exact') sum.addAll(sample);
    }
    return sum;
  }
  const sum = new QuantileSketch();
  for (const sample of samples) addTo(sum, sample);
  return sum;
}

/** A sketch of the same values, safe to change. @public */
export function toSketch(sample: Sample): QuantileSketch {
  const sketch = new QuantileSketch();
  addTo(sketch, sample);
  return sketch;
}

/** The sample as a row keeps it; equal content gives equal JSON. @public */
export function sampleToJson(sample: Sample): SampleJson {
  return sample.kind === 'exact' ? Array.from(sample.sorted) : sample.toJson();
}

/** The sample a row keeps. @public */
export function sampleFromJson(json: SampleJson): Sample {
  return Array.isArray(json)
    ? ExactSample.of(json)
    : QuantileSketch.fromJson(json);
}

function addTo(sketch: QuantileSketch, sample: Sample): void {
  if (sample.kind === 'sketch') {
    sketch.addAll(sample);
  } else {
    for (const value of sample.sorted) sketch.add(value);
  }
}
