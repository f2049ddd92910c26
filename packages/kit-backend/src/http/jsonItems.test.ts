import fc from 'fast-check';
import { jsonItems, type JsonItemsLimits } from './jsonItems';

const limits: JsonItemsLimits = {
  items: 1_000,
  itemLength: 1_000,
  depth: 16,
  values: 400,
};

describe('jsonItems', () => {
  it('reads what JSON.parse reads, item by item', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.jsonValue({ maxDepth: 3 }), { maxLength: 20 }),
        fc.constantFrom(undefined, 2, '\t'),
        async (values, indent) => {
          const text = JSON.stringify(values, null, indent);
          const items = await jsonItems(text, { ...limits, itemLength: 1e6 });
          expect(items).toEqual(
            JSON.parse(text).map((value: unknown) => ({ value })),
          );
        },
      ),
    );
  });

  it('takes one value for one item', async () => {
    expect(await jsonItems(' {"a":[1,2]} ', limits)).toEqual([
      { value: { a: [1, 2] } },
    ]);
  });

  it('refuses an item and keeps the others', async () => {
    const deep = `${'['.repeat(17)}${']'.repeat(17)}`;
    const items = await jsonItems(
      `[1, {"a":}, ${deep}, "${'x'.repeat(1_000)}", {"b":"],["}]`,
      limits,
    );
    expect(items).toMatchObject([
      { value: 1 },
      { fault: { reason: 'is not JSON' } },
      { fault: { reason: 'is nested more than 16 levels deep' } },
      { fault: { reason: expect.stringContaining('an item may have 1000') } },
      { value: { b: '],[' } },
    ]);
  });

  it('refuses an item of very many values, and keeps the others', async () => {
    const many = (count: number) => `{"a":[${'1,'.repeat(count - 1)}1]}`;
    expect(
      await jsonItems(
        `[${many(401)},${many(400)},",${','.repeat(500)}"]`,
        limits,
      ),
    ).toMatchObject([
      { fault: { reason: 'holds more than 400 values' } },
      { value: { a: expect.any(Array) } },
      { value: ','.repeat(501) },
    ]);
  });

  it.each(['', ' ', '[', '[1', '[1,]', '[,1]', '[1,,2]', '[1]2', '[1}', '["a'])(
    'refuses %j',
    async text => {
      await expect(jsonItems(text, limits)).rejects.toMatchObject({
        name: 'InputError',
      });
    },
  );

  it('agrees with JSON.parse on what is an array', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.string({
          unit: fc.constantFrom(
            '[',
            ']',
            '{',
            '}',
            ',',
            '"',
            '\\',
            '1',
            ':',
            ' ',
          ),
        }),
        async inside => {
          const text = `[${inside}`;
          let valid = true;
          try {
            JSON.parse(text);
          } catch {
            valid = false;
          }
          const items = await jsonItems(text, limits).catch(() => undefined);
          const allRead = items?.every(item => 'value' in item) ?? false;
          expect(allRead).toBe(valid);
        },
      ),
      { numRuns: 2_000 },
    );
  });

  it('refuses more items than there may be before it reads them', async () => {
    await expect(
      jsonItems(`[${'1,'.repeat(1_000)}1]`, limits),
    ).rejects.toMatchObject({ name: 'PayloadTooLargeError', statusCode: 413 });
    await expect(
      jsonItems(`[${'1,'.repeat(999)}1]`, limits),
    ).resolves.toHaveLength(1_000);
  });
});
