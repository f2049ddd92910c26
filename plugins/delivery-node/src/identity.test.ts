import { mockServices } from '@backstage/backend-test-utils';
import { hashIdentity, readIdentityKey } from './identity';

const KEY = 'a key of some length';

describe('hashIdentity', () => {
  it('is the HMAC of the name, whatever its case', () => {
    // printf 'github.com/octocat' | openssl dgst -sha256 -hmac 'a key of some length'
    expect(hashIdentity(KEY, 'GitHub.com/Octocat')).toBe(
      '9fe17ebac2f29569aae6234a73c3c0aac67093b53bd25b95e6b1023826a7b86b',
    );
  });

  it.each([
    ['another key', 'another key of some length', 'github.com/octocat'],
    ['another host', KEY, 'ghe.example/octocat'],
    ['another login', KEY, 'github.com/hubot'],
    ['a user of the catalog', KEY, 'user:default/octocat'],
  ])('differs with %s', (_, key, name) => {
    expect(hashIdentity(key, name)).not.toBe(
      hashIdentity(KEY, 'github.com/octocat'),
    );
  });
});

describe('readIdentityKey', () => {
  const read = (delivery: object) =>
    readIdentityKey(mockServices.rootConfig({ data: { delivery } }));

  it('reads the key, or that there is none', () => {
    expect(read({ identityKey: KEY })).toBe(KEY);
    expect(read({})).toBeUndefined();
  });

  it('refuses one that can be guessed', () => {
    expect(() => read({ identityKey: 'short' })).toThrow(
      'delivery.identityKey must have at least 16 characters',
    );
  });
});
