import { MAX_DEPTH } from './bytes';

/** Where a text is not the JSON that is read here, and why. @public */
export interface JsonFault {
  /** UTF-16 code units before it. */
  at: number;
  /** What is wrong there. */
  reason: string;
}

/** What {@link readStrictJson} found. @public */
export type StrictJson = { value: unknown } | { fault: JsonFault };

class Refused extends Error {
  constructor(readonly at: number, readonly reason: string) {
    super(reason);
  }
}

const SPACE = new Set([0x20, 0x0a, 0x0d, 0x09]);
/** Sticky: each looks at one place, and at no character twice. */
const NUMBER = /-?(0|[1-9][0-9]*)(?:\.([0-9]+))?(?:[eE]([+-]?[0-9]+))?/y;
const PLAIN = /[^"\\\p{Cc}]*/uy;
const ESCAPE = /\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})/y;
const LITERAL = /true|false|null/y;
const LONE_SURROGATE = /\p{Cs}/u;

/** Longest number that is looked at; 2^53−1 has 16 digits. */
const LONGEST_NUMBER = 400;

class Scanner {
  #at = 0;

  constructor(
    private readonly text: string,
    /** Whether only whole numbers up to 2^53−1 are read. */
    private readonly whole: boolean,
  ) {}

  document(): void {
    if (this.text.charCodeAt(0) === 0xfeff) {
      throw this.#refuse('begins with a byte order mark');
    }
    this.#value(0);
    this.#space();
    if (this.#at < this.text.length)
      throw this.#refuse('goes on after its end');
  }

  #value(depth: number): void {
    if (depth > MAX_DEPTH) {
      throw this.#refuse(`is deeper than ${MAX_DEPTH} levels`);
    }
    this.#space();
    switch (this.text[this.#at]) {
      case '{':
        this.#object(depth);
        return;
      case '[':
        this.#array(depth);
        return;
      case '"':
        this.#string();
        return;
      default:
        if (this.#take(LITERAL) === undefined) this.#number();
    }
  }

  #object(depth: number): void {
    const seen = new Set<string>();
    this.#items('}', () => {
      this.#space();
      const at = this.#at;
      if (this.text[at] !== '"') throw this.#refuse('has no name here');
      const name = this.#string();
      if (seen.has(name)) throw new Refused(at, 'has a name twice');
      seen.add(name);
      this.#space();
      if (this.text[this.#at] !== ':') throw this.#refuse('lacks a colon');
      this.#at++;
      this.#value(depth + 1);
    });
  }

  #array(depth: number): void {
    this.#items(']', () => this.#value(depth + 1));
  }

  #items(end: string, item: () => void): void {
    this.#at++;
    this.#space();
    if (this.text[this.#at] === end) {
      this.#at++;
      return;
    }
    for (;;) {
      item();
      this.#space();
      const next = this.text[this.#at];
      if (next !== ',' && next !== end) {
        throw this.#refuse(`lacks a comma or ${end}`);
      }
      this.#at++;
      if (next === end) return;
    }
  }

  #string(): string {
    const from = this.#at;
    this.#at++;
    for (;;) {
      this.#take(PLAIN);
      const next = this.text[this.#at];
      if (next === '"') break;
      if (this.#take(ESCAPE) === undefined) {
        throw this.#refuse('has a text that does not end well');
      }
    }
    this.#at++;
    const text: string = JSON.parse(this.text.slice(from, this.#at));
    if (LONE_SURROGATE.test(text)) {
      throw new Refused(from, 'has half of a surrogate pair');
    }
    return text;
  }

  #number(): void {
    const at = this.#at;
    const number = this.#take(NUMBER);
    if (number === undefined) throw this.#refuse('has no value here');
    if (!this.whole) {
      if (Number.isFinite(Number(number))) return;
      throw new Refused(at, 'has a number beyond what a double holds');
    }
    if (
      number.length > LONGEST_NUMBER ||
      !Number.isSafeInteger(Number(number))
    ) {
      throw new Refused(at, 'has a number that is not whole, or beyond 2^53−1');
    }
    if (hasFraction(number)) {
      throw new Refused(at, 'has a number that is not whole, or beyond 2^53−1');
    }
  }

  #space(): void {
    while (SPACE.has(this.text.charCodeAt(this.#at))) this.#at++;
  }

  #take(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.#at;
    const [found] = pattern.exec(this.text) ?? [];
    if (found !== undefined) this.#at += found.length;
    return found;
  }

  #refuse(reason: string): Refused {
    return new Refused(this.#at, reason);
  }
}

/**
 * Reads JSON of which there is exactly one reading: no byte order mark, no key
 * twice, no lone surrogate, no fraction, nothing beyond 2^53−1, at most 200
 * levels. Numbers are read by value: 1.0 is 1, −0 is 0. One pass, in time that
 * grows with the length of the text.
 * @public
 */
export function readStrictJson(text: string): StrictJson {
  return (
    faultIn(text, true) ?? {
      value: JSON.parse(text, (_key, value) => (value === 0 ? 0 : value)),
    }
  );
}

/**
 * The same for what others write and nobody hashes: fractions and large numbers
 * are read as doubles.
 * @public
 */
export function readJsonOnce(text: string): StrictJson {
  return faultIn(text, false) ?? { value: JSON.parse(text) };
}

function faultIn(
  text: string,
  whole: boolean,
): { fault: JsonFault } | undefined {
  try {
    new Scanner(text, whole).document();
    return undefined;
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    return { fault: { at: error.at, reason: error.reason } };
  }
}

/** 1.00000000000000000001 is no 1, although a double cannot tell. */
function hasFraction(number: string): boolean {
  const [mantissa, exponent = '0'] = number.toLowerCase().split('e');
  const [whole, fraction = ''] = mantissa.replace('-', '').split('.');
  const digits = (whole + fraction).replace(/^0+/, '');
  if (digits === '') return false;
  const zeros = digits.length - digits.replace(/0+$/, '').length;
  return Number(exponent) - fraction.length + zeros < 0;
}
