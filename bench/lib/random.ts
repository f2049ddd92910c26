/** Seeded random numbers: the same seed is the same data on every machine. */
export class Random {
  #a: number;
  #b: number;
  #c: number;
  #counter = 1;

  /** @param seeds - any whole numbers; each list is a stream of its own */
  constructor(...seeds: number[]) {
    [this.#a, this.#b, this.#c] = [0, 1, 2].map(salt =>
      seeds.reduce(
        (hash, seed) => Math.imul(hash ^ (seed + salt), 0x9e3779b1) >>> 0,
        0x811c9dc5 + salt,
      ),
    );
    for (let i = 0; i < 12; i++) this.uint();
  }

  /** 32 random bits (sfc32). */
  uint(): number {
    const sum = (this.#a + this.#b + this.#counter++) >>> 0;
    this.#a = this.#b ^ (this.#b >>> 9);
    this.#b = (this.#c + (this.#c << 3)) >>> 0;
    this.#c = ((this.#c << 21) | (this.#c >>> 11)) + sum;
    this.#c = this.#c >>> 0;
    return sum;
  }

  /** In [0, 1). */
  next(): number {
    return this.uint() / 0x1_0000_0000;
  }

  /** In [0, n). */
  below(n: number): number {
    return Math.floor(this.next() * n);
  }

  chance(p: number): boolean {
    return this.next() < p;
  }

  pick<T>(items: readonly T[]): T {
    return items[this.below(items.length)];
  }

  normal(): number {
    const radius = Math.sqrt(-2 * Math.log(1 - this.next()));
    return radius * Math.cos(2 * Math.PI * this.next());
  }

  /** Log-normal with this median; `sigma` of the logarithm. */
  logNormal(median: number, sigma: number): number {
    return median * Math.exp(sigma * this.normal());
  }

  /** A whole number ≥ 0 whose mean is `mean`. */
  poisson(mean: number): number {
    if (mean > 30) {
      return Math.max(0, Math.round(mean + Math.sqrt(mean) * this.normal()));
    }
    const limit = Math.exp(-mean);
    let product = this.next();
    let count = 0;
    while (product > limit) {
      product *= this.next();
      count += 1;
    }
    return count;
  }

  /** 40 hexadecimal digits. */
  sha(): string {
    let text = '';
    for (let i = 0; i < 5; i++) {
      text += this.uint().toString(16).padStart(8, '0');
    }
    return text;
  }
}
