import { assertWholeSeconds } from './durations';

/** Relative error of a sketched quantile, at most. @public */
export const SKETCH_ACCURACY = 0.01;

const GAMMA = (1 + SKETCH_ACCURACY) / (1 - SKETCH_ACCURACY);
const BUCKETS_PER_E = 1 / Math.log(GAMMA);
const MIDDLE = 2 / (GAMMA + 1);

/**
 * `s` sum of the values, `z` how many are zero, `c` how many per bucket.
 * Buckets are whole-number keys, which JavaScript always lists in ascending
 * order: equal sketches are equal texts.
 * @public
 */
export interface SketchJson {
  /** Sum of all values, seconds. */
  s: number;
  /** How many values are 0; left out when none is. */
  z?: number;
  /** Count by bucket number. */
  c: { [bucket: string]: number };
}

/**
 * DDSketch over whole seconds: a value is counted in bucket ⌈log_γ value⌉, and
 * the middle of a bucket is within 1 % of everything in it.
 *
 * It is our own because roll-ups need what libraries leave out: it can be
 * **subtracted** (a deployment of three services is taken out of the sum twice;
 * a changed day is replaced without reading the others), it goes into a
 * database row and to the browser as a small JSON object, and it never drops
 * buckets: one second to a century are some 1,100 of them.
 *
 * All it holds are integers, and adding integers is associative: merged in any
 * order, split in any way, the result is the same to the byte. Counts may be
 * negative while sums and differences are under way.
 * @public
 */
export class QuantileSketch {
  /** Tells it from an {@link ExactSample}. */
  readonly kind = 'sketch';
  readonly #buckets = new Map<number, number>();
  #zeros = 0;
  #sum = 0;
  #count = 0;
  #order: number[] | undefined;

  /** The sketch of these values, whole seconds. */
  static of(values: Iterable<number>): QuantileSketch {
    const sketch = new QuantileSketch();
    for (const value of values) sketch.add(value);
    return sketch;
  }

  /** The sketch a row keeps. */
  static fromJson(json: SketchJson): QuantileSketch {
    const sketch = new QuantileSketch();
    sketch.#sum = json.s;
    sketch.#zeros = json.z ?? 0;
    sketch.#count = sketch.#zeros;
    for (const bucket of Object.keys(json.c)) {
      const count = json.c[bucket];
      sketch.#buckets.set(Number(bucket), count);
      sketch.#count += count;
    }
    return sketch;
  }

  /** How many values it holds. */
  get count(): number {
    return this.#count;
  }

  /** Seconds, exact. */
  get sum(): number {
    return this.#sum;
  }

  /** Nothing in it at all, not even two things that cancel out. */
  get isEmpty(): boolean {
    return this.#zeros === 0 && this.#sum === 0 && this.#buckets.size === 0;
  }

  /**
   * Adds one value.
   *
   * @param value - whole seconds, 0 or more
   */
  add(value: number): void {
    assertWholeSeconds(value);
    this.#sum += value;
    if (value === 0) {
      this.#zeros += 1;
      this.#count += 1;
    } else {
      this.#bump(Math.ceil(Math.log(value) * BUCKETS_PER_E), 1);
    }
  }

  /** Adds the values of another sketch. */
  addAll(other: QuantileSketch): void {
    this.#combine(other, 1);
  }

  /** Takes the values of another sketch out again. */
  subtractAll(other: QuantileSketch): void {
    this.#combine(other, -1);
  }

  /**
   * Percentile at rank p·(n − 1), interpolated as the exact one is. Both
   * neighbours are within 1 %, so what lies between them is too.
   */
  quantile(p: number): number | null {
    if (!(p >= 0 && p <= 1)) {
      throw new RangeError(`A percentile lies between 0 and 1, not at ${p}`);
    }
    if (this.#count <= 0) return null;
    const rank = p * (this.#count - 1);
    const below = Math.floor(rank);
    const low = this.#valueAt(below);
    if (rank === below) return low;
    return low + (rank - below) * (this.#valueAt(below + 1) - low);
  }

  /** The sketch as a row keeps it; equal content gives equal JSON. */
  toJson(): SketchJson {
    const c: SketchJson['c'] = {};
    for (const bucket of this.#ordered()) c[bucket] = this.#at(bucket);
    return this.#zeros === 0
      ? { s: this.#sum, c }
      : { s: this.#sum, z: this.#zeros, c };
  }

  /** Estimate of the value at a rank counted from 0. */
  #valueAt(rank: number): number {
    let seen = this.#zeros;
    if (rank < seen) return 0;
    let last = 0;
    for (const bucket of this.#ordered()) {
      seen += this.#at(bucket);
      last = bucket;
      if (rank < seen) break;
    }
    return MIDDLE * GAMMA ** last;
  }

  #at(bucket: number): number {
    return this.#buckets.get(bucket) ?? 0;
  }

  #combine(other: QuantileSketch, sign: 1 | -1): void {
    for (const [bucket, count] of other.#buckets) {
      this.#bump(bucket, sign * count);
    }
    this.#sum += sign * other.#sum;
    this.#zeros += sign * other.#zeros;
    this.#count += sign * other.#zeros;
  }

  #bump(bucket: number, by: number): void {
    const count = this.#at(bucket) + by;
    if (count === 0) this.#buckets.delete(bucket);
    else this.#buckets.set(bucket, count);
    this.#count += by;
    this.#order = undefined;
  }

  #ordered(): number[] {
    this.#order ??= [...this.#buckets.keys()].sort((a, b) => a - b);
    return this.#order;
  }
}
