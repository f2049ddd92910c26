import { signalTag } from '@fawkes/kit-contract';

describe('signalTag', () => {
  it.each([
    // FNV-1a of '' is 811c9dc5, of 'a' e40c292c, of 'foobar' bf9cf968.
    ['', '1cd9'],
    ['a', 'cd20'],
    ['foobar', '46f4'],
  ])('folds the hash of "%s" into 16 bits', (text, tag) => {
    expect(signalTag(text)).toBe(tag);
  });

  it('is the same however a ref is written', () => {
    expect(signalTag('Component:Default/Shop')).toBe(
      signalTag('component:default/shop'),
    );
  });

  it('tells services of a portal apart, and still confirms no guess', () => {
    const tags = new Set(
      Array.from({ length: 2_000 }, (_, n) =>
        signalTag(`component:default/service-${n}`),
      ),
    );
    // 2,000 names in 65,536 tags: about 30 share one.
    expect(tags.size).toBeGreaterThan(1_900);
    expect(tags.size).toBeLessThan(2_000);
  });
});
