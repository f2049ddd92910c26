import { mockServices } from '@backstage/backend-test-utils';
import { readDojoConfig } from './config';

const source = {
  id: 'a',
  type: 'file',
  target: '../c',
  owner: 'group:default/platform',
};
const read = (dojo: object) =>
  readDojoConfig(mockServices.rootConfig({ data: { dojo } as never }));

it('has nothing, and looks each minute, unless it says otherwise', () => {
  expect(readDojoConfig(mockServices.rootConfig({ data: {} }))).toEqual({
    sources: [],
    refreshMs: 60_000,
  });
  expect(read({ sources: [source], refresh: { seconds: 5 } })).toEqual({
    sources: [source],
    refreshMs: 5_000,
  });
});

it.each([
  [{ sources: [source, source] }, "two sources called 'a'"],
  [{ sources: [{ ...source, id: 'A b' }] }, 'dojo.sources[0].id must be'],
  [{ sources: [{ ...source, type: 'git' }] }, 'dojo.sources[0].type must be'],
  [
    { sources: [{ ...source, owner: 'platform' }] },
    'dojo.sources[0].owner must be',
  ],
  [
    { sources: [{ ...source, type: 'url', target: 'https://a.b/c' }] },
    'dojo.allowedHosts',
  ],
  [
    {
      sources: [{ ...source, type: 'url', target: 'http://a.b/c' }],
      allowedHosts: ['a.b'],
    },
    'https address',
  ],
  [
    { sources: [{ ...source, type: 'url', target: 'c' }], allowedHosts: ['c'] },
    'https address',
  ],
  [{ refresh: { milliseconds: 5 } }, 'dojo.refresh must be'],
])('refuses %j', (dojo, message) => {
  expect(() => read(dojo)).toThrow(message);
});

it('takes a repository on a host that is allowed', () => {
  const url = {
    ...source,
    type: 'url',
    target: 'https://github.com/a/b/tree/main/curriculum',
  };
  expect(
    read({ sources: [url], allowedHosts: ['github.com'] }).sources,
  ).toEqual([url]);
});
