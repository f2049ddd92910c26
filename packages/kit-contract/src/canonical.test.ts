import fc from 'fast-check';
import { canonicalJson, compareText } from './canonical';

describe('canonicalJson', () => {
  it('has one text for one value, whatever the order of its fields', () => {
    expect(canonicalJson({ b: [1, { d: 1, c: 2 }], a: 1e21 })).toBe(
      '{"a":1e+21,"b":[1,{"c":2,"d":1}]}',
    );
  });

  it('is JSON of the same value', () => {
    fc.assert(
      fc.property(fc.jsonValue({ noUnicodeString: false }), value => {
        expect(JSON.parse(canonicalJson(value))).toEqual(
          JSON.parse(JSON.stringify(value)),
        );
      }),
    );
  });

  it('refuses what JSON has no text for', () => {
    expect(() => canonicalJson(undefined)).toThrow(TypeError);
  });
});

it('orders text by code units', () => {
  expect(['b', 'ä', 'a', 'B'].sort(compareText)).toEqual(['B', 'a', 'b', 'ä']);
  expect(compareText('a', 'a')).toBe(0);
});
