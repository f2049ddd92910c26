import { addressOf, many, parseInput } from '@fawkes/kit-contract';
import { z } from 'zod';
import { queryOf } from './query';

const schema = z.strictObject({ owner: many(z.string(), 200).default([]) });

describe('queryOf', () => {
  it.each([0, 1, 2, 20, 21, 200])(
    'reads back the %i values that a client writes',
    count => {
      const owner = Array.from({ length: count }, (_, n) => `a&=[${n}] ü`);
      const url = addressOf({ path: '/things' }, { owner });
      expect(parseInput(schema, queryOf({ url }))).toEqual({ owner });
    },
  );

  it('knows no structure and no prototype', () => {
    expect(
      queryOf({ url: '/x?a[b]=1&a[]=2&__proto__=3&__proto__[c]=4' }),
    ).toEqual(
      Object.fromEntries([
        ['a[b]', '1'],
        ['a[]', '2'],
        ['__proto__', '3'],
        ['__proto__[c]', '4'],
      ]),
    );
    expect(({} as { c?: unknown }).c).toBeUndefined();
  });

  it.each(['/x', '/x?', '/x?%', '/x?&&&'])('takes %s', url => {
    expect(() => queryOf({ url })).not.toThrow();
  });
});
