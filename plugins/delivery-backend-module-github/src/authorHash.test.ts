import { hashLogin } from './authorHash';

describe('hashLogin', () => {
  it('is the HMAC of host and login, whatever their case', () => {
    // printf 'github.com/octocat' | openssl dgst -sha256 -hmac 'a key of some length'
    expect(hashLogin('a key of some length', 'GitHub.com', 'Octocat')).toBe(
      '9fe17ebac2f29569aae6234a73c3c0aac67093b53bd25b95e6b1023826a7b86b',
    );
  });

  it.each([
    ['another key', 'another key of some length', 'github.com', 'octocat'],
    ['another host', 'a key of some length', 'ghe.example', 'octocat'],
    ['another login', 'a key of some length', 'github.com', 'hubot'],
  ])('differs with %s', (_, key, host, login) => {
    expect(hashLogin(key, host, login)).not.toBe(
      hashLogin('a key of some length', 'github.com', 'octocat'),
    );
  });
});
