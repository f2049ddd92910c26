import { z } from 'zod';
import { clipText, faultOf, formatPath, parseInput } from './faults';

const schema = z.strictObject({
  name: z.string(),
  parts: z.array(z.strictObject({ sha: z.string() })),
});
const faultIn = (value: unknown) => faultOf(schema.safeParse(value).error!);

describe('faultOf', () => {
  it.each([
    [{ name: 1, parts: [] }, 'name'],
    [{ name: '', parts: [{ sha: 'a' }, {}] }, 'parts[1].sha'],
    ['x', ''],
  ])('names the place in %j', (value, path) => {
    expect(faultIn(value)).toEqual({ path, reason: expect.any(String) });
  });

  it('names a field nobody asked for', () => {
    expect(faultIn({ name: '', parts: [], extra: 1 })).toEqual({
      path: 'extra',
      reason: 'is not a field here',
    });
  });

  it('clips what comes from the sender', () => {
    const { path } = faultIn({ name: '', parts: [], ['x'.repeat(9_999)]: 1 });
    expect(path.length).toBe(200);
  });
});

describe('parseInput', () => {
  it('returns what the schema makes of it', () => {
    expect(parseInput(z.object({ n: z.coerce.number() }), { n: '1' })).toEqual({
      n: 1,
    });
  });

  it.each([
    [{ nmae: 1 }, /^name: /],
    [{ name: '', parts: [], x: 1 }, 'x: is not a parameter of this route'],
    [undefined, /^the request: /],
  ])('refuses %j with its path', (value, message) => {
    expect(() => parseInput(schema, value)).toThrow(message);
  });
});

it('formats paths as people write them', () => {
  expect(formatPath(['a', 0, 'b'])).toBe('a[0].b');
  expect(formatPath([])).toBe('');
});

it('clips text, ellipsis included', () => {
  expect(clipText('abc', 3)).toBe('abc');
  expect(clipText('abcd', 3)).toBe('ab…');
});
