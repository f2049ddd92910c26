import { mockServices } from '@backstage/backend-test-utils';
import { readDojoConfig } from './config';

const DAY = 86_400_000;
const source = {
  id: 'a',
  type: 'file',
  target: '../c',
  owner: 'group:default/platform',
};
const read = (dojo: object) =>
  readDojoConfig(mockServices.rootConfig({ data: { dojo } as never }));

/** Who signs where the settings name nobody, outside of production. */
const sample = {
  url: 'http://localhost/api/dojo',
  name: 'Sample issuer, not for use',
  keys: [],
  aliases: [],
  pinned: [],
  sample: true,
};

it('has nothing, and looks each minute, unless it says otherwise', () => {
  expect(readDojoConfig(mockServices.rootConfig({ data: {} }))).toEqual({
    sources: [],
    issuer: sample,
    retention: { evidence: 730 * DAY, answers: 730 * DAY, looks: 730 * DAY },
    revokers: new Set(),
    refreshMs: 60_000,
    probeAllow: new Set(),
    sandboxCounts: false,
  });
  expect(
    read({
      sources: [source],
      refresh: { seconds: 5 },
      probe: { allow: ['portal.example.org:8443'] },
      practice: { sandboxCounts: true },
      revokers: ['user:default/Ada'],
      retention: { evidence: { days: 400 }, looks: { days: 90 } },
    }),
  ).toEqual({
    sources: [source],
    issuer: sample,
    retention: { evidence: 400 * DAY, answers: 730 * DAY, looks: 90 * DAY },
    revokers: new Set(['user:default/ada']),
    refreshMs: 5_000,
    probeAllow: new Set(['portal.example.org:8443']),
    sandboxCounts: true,
  });
});

it.each([
  [{ probe: { allow: ['https://a.example'] } }, 'dojo.probe.allow[0] must be'],
  [{ probe: { allow: ['a.example', 'A.example'] } }, 'dojo.probe.allow[1]'],
  [{ probe: { allow: ['a.example:443'] } }, 'dojo.probe.allow[0]'],
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
  [{ revokers: ['ada'] }, 'dojo.revokers[0] must be'],
  [{ retention: { looks: { hours: 1 } } }, 'dojo.retention.looks must be'],
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
