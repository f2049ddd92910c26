import { outgrows, type HostileShape } from '@internal/hostile-text';
import fc from 'fast-check';
import { canonicalBytes, digestOf, MAX_DEPTH, sha256Hex } from './bytes';
import { readStrictJson } from './strictJson';

const reasonOf = (text: string) => {
  const read = readStrictJson(text);
  return 'fault' in read ? read.fault.reason : undefined;
};

describe('strict JSON', () => {
  it.each([
    ['a byte order mark', '\ufeff{}', 'begins with a byte order mark'],
    ['a name twice', '{"a":1,"a":2}', 'has a name twice'],
    ['a name twice, escaped once', '{"a":1,"\\u0061":2}', 'has a name twice'],
    ['half a pair', '"\\ud800"', 'has half of a surrogate pair'],
    ['half a pair as a name', '{"\\udc00":1}', 'has half of a surrogate pair'],
    ['a fraction', '[0.5]', 'has a number that is not whole, or beyond 2^53−1'],
    [
      'a fraction no double can tell',
      '1.00000000000000000001',
      'has a number that is not whole, or beyond 2^53−1',
    ],
    [
      'a number too large',
      '9007199254740992',
      'has a number that is not whole, or beyond 2^53−1',
    ],
    [
      'a number far too small',
      '1e-400',
      'has a number that is not whole, or beyond 2^53−1',
    ],
    ['text behind', '1 2', 'goes on after its end'],
    ['nothing', ' ', 'has no value here'],
    ['a comma at the end', '[1,]', 'has no value here'],
    ['no comma', '[1 2]', 'lacks a comma or ]'],
    ['a name without quotes', '{a:1}', 'has no name here'],
    ['no colon', '{"a" 1}', 'lacks a colon'],
    ['a control character', '"\u0001"', 'has a text that does not end well'],
    ['no end', '"abc', 'has a text that does not end well'],
    ['an odd escape', '"\\x41"', 'has a text that does not end well'],
    ['a leading zero', '01', 'goes on after its end'],
  ])('refuses %s', (_what, text, reason) => {
    expect(reasonOf(text)).toBe(reason);
  });

  it('counts levels', () => {
    const deep = (levels: number) => '['.repeat(levels) + ']'.repeat(levels);
    expect(reasonOf(deep(MAX_DEPTH + 1))).toBeUndefined();
    expect(reasonOf(deep(MAX_DEPTH + 2))).toBe('is deeper than 200 levels');
  });

  it.each([
    ['1.0', 1],
    ['-0', 0],
    ['-0.0e5', 0],
    ['10e-1', 1],
    ['1.5e1', 15],
    ['9007199254740991', 9007199254740991],
  ])('reads %s by value', (text, value) => {
    const read = readStrictJson(text) as { value: unknown };
    expect(Object.is(read.value, value)).toBe(true);
  });

  it('reads what JSON.stringify writes, and answers the same value', () => {
    const whole = fc.oneof(
      fc.integer(),
      fc.constant(0),
      fc.maxSafeInteger(),
      fc.boolean(),
      fc.constant(null),
      fc.string({ unit: 'grapheme' }),
    );
    const json = fc.letrec(tie => ({
      value: fc.oneof(
        { depthSize: 'small' },
        whole,
        fc.array(tie('value')),
        fc.dictionary(fc.string({ unit: 'grapheme' }), tie('value')),
      ),
    })).value;
    fc.assert(
      fc.property(json, value => {
        const text = JSON.stringify(value);
        const read = readStrictJson(text);
        expect(JSON.stringify((read as { value: unknown }).value)).toBe(text);
      }),
    );
  });

  it('says of no text what JSON.parse does not', () => {
    fc.assert(
      fc.property(
        fc.string({
          unit: fc.constantFrom(...'{}[]":,0123e.-+tfn \\u', 'true', '"a"'),
        }),
        text => {
          fc.pre(reasonOf(text) === undefined);
          expect(() => JSON.parse(text)).not.toThrow();
        },
      ),
      { numRuns: 500, maxSkipsPerRun: 1_000 },
    );
  });

  it.each<HostileShape>([
    { name: 'escapes', of: n => `"${'\\u0061'.repeat(n / 6)}"` },
    { name: 'commas', of: n => `[${'1,'.repeat(n / 2)}1]` },
    { name: 'digits', of: n => '1'.repeat(n) },
    { name: 'an exponent', of: n => `1e${'9'.repeat(n)}` },
    { name: 'brackets', of: n => '['.repeat(n) },
    { name: 'backslashes', of: n => `"${'\\'.repeat(n)}` },
    { name: 'names', of: n => `{${'"a":1,'.repeat(n / 6)}` },
  ])('takes time in proportion to $name', shape => {
    expect(outgrows(readStrictJson, shape, 262_144)).toBeUndefined();
  });
});

describe('canonical bytes', () => {
  it('are those of RFC 8785, whatever the order of names', () => {
    const text = new TextDecoder().decode(
      canonicalBytes({ b: [1, true, null], a: '€', '\u20ac': 0 }),
    );
    expect(text).toBe('{"a":"€","b":[1,true,null],"€":0}');
    expect(digestOf({ a: 1, b: 2 })).toBe(digestOf({ b: 2, a: 1 }));
    expect(sha256Hex(new Uint8Array())).toBe(
      'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
    );
  });

  it.each([
    ['a fraction', 0.5],
    ['no number', NaN],
    ['a large number', 2 ** 53],
    ['half a pair', '\ud800'],
    ['half a pair as a name', { '\ud800': 1 }],
    ['nothing', undefined],
    ['nothing inside', { a: undefined }],
    ['a function', () => 1],
    ['a date', new Date(0)],
  ])('are refused for %s', (_what, value) => {
    expect(() => canonicalBytes(value)).toThrow(TypeError);
  });

  it('are refused for what is too deep', () => {
    let value: unknown = 1;
    for (let level = 0; level <= MAX_DEPTH; level++) value = [value];
    expect(() => canonicalBytes(value)).toThrow('200 levels');
  });
});
