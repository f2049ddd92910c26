import { mockServices } from '@backstage/backend-test-utils';
import { readGitSourceOptions } from './config';

function read(git: object, backend: object = {}) {
  return readGitSourceOptions(
    mockServices.rootConfig({
      data: { backend, delivery: { sources: { git } } },
    }),
  );
}

const allow = (...rules: object[]) => ({ reading: { allow: rules } });
const repository = 'github.com/acme/pay';

describe('readGitSourceOptions', () => {
  it('needs nothing', () => {
    expect(read({}).repositories).toEqual([]);
  });

  it('reads everything', () => {
    expect(
      read(
        {
          repositories: [
            { path: '/srv/git/pay.git', repository: 'GitHub.com/Acme/Pay' },
            {
              url: 'https://git.example.com/acme/web.git',
              repository: 'git.example.com/acme/web',
              tags: '^release-',
              environment: 'live',
              paths: true,
            },
          ],
          schedule: { frequency: { minutes: 10 }, timeout: { hours: 1 } },
        },
        {
          workingDirectory: '/var/lib/x',
          ...allow({ host: 'git.example.com' }),
        },
      ),
    ).toEqual({
      workingDirectory: '/var/lib/x/delivery-git',
      schedule: { frequency: { minutes: 10 }, timeout: { hours: 1 } },
      repositories: [
        {
          location: { path: '/srv/git/pay.git' },
          repository,
          tags: /^v?\d+\.\d+(\.\d+)?$/,
          environment: 'production',
          paths: false,
        },
        {
          location: { url: 'https://git.example.com/acme/web.git' },
          repository: 'git.example.com/acme/web',
          tags: /^release-/,
          environment: 'live',
          paths: true,
        },
      ],
    });
  });

  it.each<[string, object[]]>([
    ['https://github.com/acme/pay', [{ host: 'github.com' }]],
    ['https://eu.git.example/acme/pay', [{ host: '*.git.example' }]],
    ['https://git.example:8443/acme/pay', [{ host: 'git.example:8443' }]],
    [
      'https://github.com/acme/pay',
      [{ host: 'github.com', paths: ['/acme/'] }],
    ],
    ['file:///srv/git/pay.git', []],
  ])('lets %s through where %j is allowed', (url, rules) => {
    expect(
      read({ repositories: [{ url, repository }] }, allow(...rules))
        .repositories,
    ).toMatchObject([{ location: { url } }]);
  });

  it.each<[string, object, RegExp]>([
    [
      'a program as transport',
      { url: 'ext::sh -c whoami' },
      /must be an https/,
    ],
    ['ssh', { url: 'ssh://git@github.com/acme/pay' }, /must be an https/],
    ['plain http', { url: 'http://github.com/acme/pay' }, /must be an https/],
    [
      'an option as address',
      { url: '--upload-pack=whoami' },
      /must be an https/,
    ],
    [
      'an option as path',
      { path: '--upload-pack=whoami' },
      /must be an absolute path/,
    ],
    ['a relative path', { path: '../pay' }, /must be an absolute path/],
    [
      'a host nobody allowed',
      { url: 'https://evil.example/acme/pay' },
      /is on evil\.example, which backend\.reading\.allow does not list/,
    ],
    [
      'a host that only ends alike',
      { url: 'https://notgithub.com/acme/pay' },
      /backend\.reading\.allow/,
    ],
    [
      'another port',
      { url: 'https://github.com:8443/acme/pay' },
      /backend\.reading\.allow/,
    ],
    [
      'a path nobody allowed',
      { url: 'https://paths.example/other/pay' },
      /backend\.reading\.allow/,
    ],
    [
      'a path that climbs',
      { url: 'https://paths.example/acme/../other/pay' },
      /backend\.reading\.allow/,
    ],
    [
      'a share of another machine',
      { url: 'file://server/pay' },
      /backend\.reading\.allow/,
    ],
    [
      'credentials',
      { url: 'https://user:hunter2@github.com/acme/pay' },
      /must not hold credentials/,
    ],
    ['a query', { url: 'https://github.com/acme/pay?x=1' }, /query/],
    ['no place', {}, /needs either path or url/],
    [
      'two places',
      { path: '/x', url: 'https://github.com/acme/pay' },
      /needs either path or url/,
    ],
    [
      'no owner',
      { path: '/x', repository: 'pay' },
      /must be host\/owner\/name/,
    ],
    [
      'no regular expression',
      { path: '/x', tags: '(' },
      /tags is not a regular expression/,
    ],
  ])('refuses %s', (_, edits, message) => {
    const attempt = () =>
      read(
        { repositories: [{ repository, ...edits }] },
        allow(
          { host: 'github.com' },
          { host: 'paths.example', paths: ['/acme/'] },
        ),
      );
    expect(attempt).toThrow(message);
    expect(attempt).toThrow(/^delivery\.sources\.git\.repositories\[0\]/);
    expect(attempt).not.toThrow(/hunter2/);
  });

  it('refuses one repository twice', () => {
    expect(() =>
      read({
        repositories: [
          { path: '/a', repository },
          { path: '/b', repository: 'GITHUB.com/acme/pay' },
        ],
      }),
    ).toThrow('names github.com/acme/pay twice');
  });
});
