import { createHash } from 'node:crypto';

/** SHA-1 of a text, 40 hexadecimal digits: what stands for a commit id here. */
export const sha1 = text => createHash('sha1').update(text).digest('hex');

/**
 * A stream of random numbers of its own for every key, so that a change in one
 * part of the story leaves the others as they were. xoshiro128**.
 */
export class Random {
  #state;

  constructor(key) {
    const digest = createHash('sha256').update(key).digest();
    this.#state = [0, 4, 8, 12].map(offset => digest.readUInt32LE(offset));
  }

  /** In [0, 1). */
  next() {
    const s = this.#state;
    const result = Math.imul(rotateLeft(Math.imul(s[1], 5), 7), 9) >>> 0;
    const shifted = s[1] << 9;
    s[2] ^= s[0];
    s[3] ^= s[1];
    s[1] ^= s[2];
    s[0] ^= s[3];
    s[2] ^= shifted;
    s[3] = rotateLeft(s[3], 11);
    return result / 2 ** 32;
  }

  between(low, high) {
    return low + (high - low) * this.next();
  }

  chance(probability) {
    return this.next() < probability;
  }

  pick(list) {
    return list[Math.floor(this.next() * list.length)];
  }

  /** Picks a key of `{ key: weight }`. */
  weighted(weights) {
    const entries = Object.entries(weights).filter(([, w]) => w > 0);
    const total = entries.reduce((sum, [, weight]) => sum + weight, 0);
    let left = this.next() * total;
    for (const [key, weight] of entries) {
      left -= weight;
      if (left < 0) return key;
    }
    return entries.at(-1)[0];
  }

  normal() {
    const radius = Math.sqrt(-2 * Math.log(1 - this.next()));
    return radius * Math.cos(2 * Math.PI * this.next());
  }

  /** Durations of work are skewed: most are short, a few are very long. */
  logNormal(median, sigma = 0.7) {
    return median * Math.exp(sigma * this.normal());
  }

  poisson(mean) {
    const limit = Math.exp(-mean);
    let count = 0;
    for (let p = this.next(); p > limit; p *= this.next()) count++;
    return count;
  }
}

function rotateLeft(value, bits) {
  return (value << bits) | (value >>> (32 - bits));
}
