import { repositoryOf } from './repository';

describe('repositoryOf', () => {
  it.each<[string, string | undefined, string | undefined]>([
    ['https://github.com/acme/pay', undefined, 'https://github.com/acme/pay'],
    ['acme/pay', undefined, 'acme/pay'],
    ['acme/pay', 'https://github.com', 'https://github.com/acme/pay'],
    ['acme/pay/', 'https://github.com/', 'https://github.com/acme/pay'],
    ['pay', 'https://github.com/acme', 'https://github.com/acme/pay'],
    ['pay', 'my-git.example/acme', 'my-git.example/acme/pay'],
    ['acme/pay', 'https://github.com/acme/pay', 'https://github.com/acme/pay'],
    ['acme/pay', '/event/source/123', 'acme/pay'],
    ['pay', 'https://github.com', undefined],
    ['pay', undefined, undefined],
    ['a b/c', undefined, undefined],
    ['///', undefined, undefined],
  ])('makes %s of %s into %s', (id, source, expected) => {
    expect(repositoryOf({ id, source })).toBe(expected);
  });

  it('knows nothing of what is too long', () => {
    const id = `acme/${'x'.repeat(508)}`;
    expect(repositoryOf({ id })).toBeUndefined();
    const source = `https://${'x'.repeat(505)}`;
    expect(repositoryOf({ id: 'acme/pay', source })).toBeUndefined();
  });

  it('knows nothing of nothing', () => {
    expect(repositoryOf(null)).toBeUndefined();
  });
});
