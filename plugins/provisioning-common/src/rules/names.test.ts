import { leastCpuTimeOf } from '@internal/hostile-text';
import fc from 'fast-check';
import { serviceNameSchema } from '../contract';
import { nameFault, suggestName } from './names';

describe('a name', () => {
  it.each(['shop', 'payments-api', 'tester', 'nodes'])('may be %s', name => {
    expect(nameFault(name, 'node')).toBeUndefined();
  });

  it.each([
    ['Shop', 'name.shape'],
    ['no', 'name.shape'],
    ['test', 'name.reserved'],
    ['default', 'name.reserved'],
    ['node', 'name.reserved'],
    ['http', 'name.reserved'],
    ['null', 'name.reserved'],
    ['com1', 'name.reserved'],
    ['constructor', 'name.reserved'],
  ])('may not be %s: %s', (name, code) => {
    expect(nameFault(name, 'node')?.code).toBe(code);
  });

  it('says where it means something else', () => {
    expect(nameFault('stream', 'node')?.text).toBe(
      'stream means something else in Node.js',
    );
  });
});

describe('a suggestion', () => {
  const suggest = (wish: string, ...taken: string[]) =>
    suggestName(wish, 'node', name => taken.includes(name));

  it.each([
    ['Payments API', 'payments-api'],
    ['Café Köln!', 'cafe-koln'],
    ['test', 'test-service'],
    ['42', 'service-42'],
    ['支払い', 'service'],
    ['shop_', 'shop'],
    ['a', 'a-service'],
    ['x'.repeat(80), 'x'.repeat(40)],
    ['--a--b--', 'a-b'],
  ])('for %j is %s', (wish, name) => {
    expect(suggest(wish)).toBe(name);
  });

  it('is another where it is taken', () => {
    expect(suggest('shop', 'shop')).toBe('shop-service');
    expect(suggest('shop', 'shop', 'shop-service', 'shop-2')).toBe('shop-3');
  });

  it('gives up where everything is taken', () => {
    expect(suggestName('shop', 'node', () => true)).toBeUndefined();
  });

  it('is always a name that may be', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary', maxLength: 300 }),
        fc.array(fc.nat({ max: 5 }), { maxLength: 5 }),
        (wish, misses) => {
          let left = misses.length;
          const name = suggestName(wish, 'node', () => left-- > 0)!;

          expect(serviceNameSchema.parse(name)).toBe(name);
          expect(nameFault(name, 'node')).toBeUndefined();
        },
      ),
    );
  });

  it('takes as long for a long wish as for a short one', () => {
    const long = ['-', 'é'].map(letter => letter.repeat(5_000_000));
    const wish = () => long.forEach(each => suggest(each));
    expect(leastCpuTimeOf(wish, 1_000)).toBeLessThan(1_000);
  });
});
