import { z } from 'zod';
import { hasUrlParams, readUrlParams, writeUrlParams } from './urlParams';

const schema = z.object({
  sort: z.enum(['name', 'age']),
  tag: z.array(z.string()),
  page: z.coerce.number().int().min(1),
  note: z.string().max(5).optional(),
});
const defaults: z.output<typeof schema> = { sort: 'name', tag: [], page: 1 };

const read = (search: string) =>
  readUrlParams(new URLSearchParams(search), schema, defaults);
const write = (params: z.output<typeof schema>, search = '') =>
  writeUrlParams(
    new URLSearchParams(search),
    schema,
    defaults,
    params,
  ).toString();

describe('parameters in an address', () => {
  it.each([
    ['page=3', { ...defaults, page: 3 }],
    ['sort=age&tag=a&tag=b', { ...defaults, sort: 'age', tag: ['a', 'b'] }],
    ['tag=a%26b&note=hi', { ...defaults, tag: ['a&b'], note: 'hi' }],
  ] as const)('survive the round trip: %s', (search, params) => {
    expect(read(search)).toEqual(params);
    expect(write({ ...params, tag: [...params.tag] })).toBe(search);
  });

  it('takes what makes no sense as if it were not there', () => {
    expect(read('sort=colour&page=-1&note=much+too+long')).toEqual(defaults);
    expect(read('sort=age&page=many')).toEqual({ ...defaults, sort: 'age' });
  });

  it('leaves defaults and the parameters of others alone', () => {
    expect(write({ ...defaults, page: 2 }, 'other=1&page=9&sort=age')).toBe(
      'other=1&page=2',
    );
  });

  it('says one default where there is nothing else to say', () => {
    // Silence would mean "as last time".
    expect(write(defaults, 'other=1')).toBe('other=1&sort=name');
    expect(read(write(defaults))).toEqual(defaults);
  });

  it('knows its own', () => {
    expect(hasUrlParams(new URLSearchParams('tag=a'), schema)).toBe(true);
    expect(hasUrlParams(new URLSearchParams('other=1'), schema)).toBe(false);
  });
});
