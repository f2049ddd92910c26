import { leastCpuTimeOf } from '@internal/hostile-text';
import * as fc from 'fast-check';
import { readCredentials, understand } from './question';

describe('what is asked of the remote', () => {
  it.each([
    ['pay', 'upload-pack', 'read'],
    ['default/pay', 'upload-pack', 'read'],
    ['team-a/pay-2', 'receive-pack', 'push'],
  ])('understands git asking %s for %s', (repository, name, operation) => {
    const service = `git-${name}`;
    const asked = { repository, service, operation };
    const advertisement = `/${repository}.git/info/refs?service=${service}`;
    expect(understand('GET', advertisement)).toEqual({
      ...asked,
      advertisement: true,
    });
    expect(understand('POST', `/${repository}.git/${service}`)).toEqual({
      ...asked,
      advertisement: false,
    });
  });

  it.each([
    '/',
    '/pay',
    '/pay.git',
    '/pay.git/',
    '/pay.git/HEAD',
    '/pay.git/config',
    '/pay.git/objects/info/packs',
    '/pay.git/objects/00/00',
    '/.git/info/refs',
    '/-a.git/info/refs',
    '/a-.git/info/refs',
    '/Pay.git/info/refs',
    '/a/b/pay.git/info/refs',
    '//pay.git/info/refs',
    '/../pay.git/info/refs',
    '/a/../pay.git/info/refs',
    '/..%2fpay.git/info/refs',
    '/pay%00.git/info/refs',
    '/pay.git/info/refs/',
    '/pay.git/info/refs\n',
    'http://elsewhere/pay.git/info/refs',
    `/${'a'.repeat(64)}.git/info/refs`,
    '/pay.git/info/refs?service=git-upload-pack?x',
  ])('knows nothing at %j', path => {
    for (const query of ['', '?service=git-upload-pack']) {
      expect(understand('GET', `${path}${query}`)).toBe(404);
    }
  });

  it.each([
    ['GET', '/pay.git/info/refs', 403],
    ['GET', '/pay.git/info/refs?service=git-upload-archive', 403],
    ['GET', '/pay.git/info/refs?service=git-upload-pack&x', 403],
    ['POST', '/pay.git/info/refs?service=git-upload-pack', 405],
    ['HEAD', '/pay.git/info/refs?service=git-upload-pack', 405],
    ['GET', '/pay.git/git-receive-pack', 405],
    ['PUT', '/pay.git/git-receive-pack', 405],
    ['POST', '/pay.git/git-upload-pack?x', 404],
  ])('refuses %s %s with %d', (method, url, status) => {
    expect(understand(method, url)).toBe(status);
  });

  it('takes any address for what it is, in little time', () => {
    fc.assert(
      fc.property(fc.webUrl({ withQueryParameters: true }), url => {
        expect(understand('GET', url)).toBe(404);
      }),
    );
    const long = `/${'a-'.repeat(50_000)}.git/info/refs`;
    const ask = () => expect(understand('GET', long)).toBe(404);
    expect(leastCpuTimeOf(ask, 200)).toBeLessThan(200);
  });
});

describe('who asks', () => {
  const basic = (text: string) =>
    `Basic ${Buffer.from(text).toString('base64')}`;

  it.each([
    ['mira:token', 'mira', 'token'],
    ['user:default/mira:token', 'user:default/mira', 'token'],
    ['mira:', 'mira', ''],
    ['mïra:tökn', 'mïra', 'tökn'],
  ])('reads %j', (text, user, password) => {
    expect(readCredentials(basic(text))).toEqual({ user, password });
  });

  it.each([
    undefined,
    '',
    'Bearer abc',
    'Basic',
    'Basic !!!',
    basic('no colon'),
    basic(':token'),
    basic(`mira:${'x'.repeat(5_000)}`),
  ])('takes %j for nobody', header => {
    expect(readCredentials(header)).toBeUndefined();
  });
});
