import { leastCpuTimeOf } from '@internal/hostile-text';
import * as fc from 'fast-check';
import { lockFaults } from './lockfile';

const entry = (change: object = {}) => ({
  version: '1.2.3',
  integrity: 'sha512-x',
  ...change,
});

function faults(
  packages: Record<string, unknown>,
  packageJson: object = {},
  registry?: string,
) {
  const lock = { lockfileVersion: 3, packages: { '': {}, ...packages } };
  return lockFaults(packageJson, lock, registry);
}

describe('lockFaults', () => {
  it.each<[string, Record<string, unknown>, object]>([
    ['no packages at all', {}, {}],
    [
      'packages without an address',
      {
        'node_modules/a': entry(),
        'node_modules/@s/b': entry({ version: '1.0.0-rc.1+build' }),
        'node_modules/a/node_modules/@s/b': entry(),
        'node_modules/a/node_modules/c': {
          version: '1.0.0',
          inBundle: true,
        },
      },
      {
        dependencies: { a: '^1.2.3', '@s/b': '>=1 <2 || 3.x', d: '*', e: '' },
        devDependencies: { f: 'npm:@s/b@~1.0', g: 'latest' },
        overrides: { a: { '.': '1.2.3', c: '$a' } },
      },
    ],
    [
      'packages of a registry',
      {
        'node_modules/a': entry({
          resolved: 'https://registry.example.com/a/-/a-1.2.3.tgz',
        }),
      },
      {},
    ],
  ])('takes %s', (_, packages, packageJson) => {
    expect(faults(packages, packageJson)).toEqual([]);
  });

  it.each([
    'git+ssh://git@example.com/x.git',
    'git://example.com/x',
    'github:a/b',
    'a/b',
    'file:../x',
    './x',
    '../x',
    '/etc',
    '~/x',
    '.',
    '..',
    'x.tgz',
    'X.TAR.GZ',
    'https://example.com/x.tgz',
    'http://127.0.0.1:7007/x.tgz',
    'npm:a@file:../x',
    'npm:a@a/b',
    'workspace:*',
    'link:../x',
    '-g',
    7,
    null,
    { a: 1 },
  ])('refuses a dependency on %j, wherever it is named', range => {
    for (const field of [
      'dependencies',
      'devDependencies',
      'optionalDependencies',
      'peerDependencies',
    ]) {
      const named = { [field]: { x: range } };
      expect(faults({}, named)).toEqual([
        expect.stringContaining('package.json: x in'),
      ]);
      expect(faults({ '': named })).toHaveLength(1);
    }
    expect(faults({}, { overrides: { x: { y: range } } }).length).toBe(
      typeof range === 'object' && range ? 1 : 1,
    );
  });

  it.each<[string, Record<string, unknown>]>([
    ['a link', { 'node_modules/a': entry({ link: true }) }],
    ['a workspace', { 'packages/a': entry() }],
    ['a place elsewhere', { '../a': entry() }],
    ['an absolute place', { '/node_modules/a': entry() }],
    ['a way out', { 'node_modules/../../a': entry() }],
    [
      'a version that is an address',
      {
        'node_modules/a': entry({ version: 'git+ssh://x/y.git#1' }),
      },
    ],
    ['no version', { 'node_modules/a': { integrity: 'sha512-x' } }],
    ['no integrity', { 'node_modules/a': { version: '1.0.0' } }],
    [
      'git',
      {
        'node_modules/a': entry({
          resolved: 'git+ssh://git@example.com/x.git#1',
        }),
      },
    ],
    ['a file', { 'node_modules/a': entry({ resolved: 'file:x.tgz' }) }],
    [
      'http',
      {
        'node_modules/a': entry({ resolved: 'http://127.0.0.1:7007/a.tgz' }),
      },
    ],
    [
      'a password',
      {
        'node_modules/a': entry({ resolved: 'https://u:p@example.com/a.tgz' }),
      },
    ],
    [
      'no package',
      {
        'node_modules/a': entry({ resolved: 'https://example.com/api' }),
      },
    ],
    ['no object', { 'node_modules/a': 'x' }],
  ])('refuses an entry with %s', (_, packages) => {
    expect(faults(packages)).toHaveLength(1);
  });

  it('takes a registry without https where npm is set to it, and no other', () => {
    const registry = 'http://127.0.0.1:4873/';
    const from = (resolved: string) =>
      faults({ 'node_modules/a': entry({ resolved }) }, {}, registry);
    expect(from('http://127.0.0.1:4873/a/-/a-1.2.3.tgz')).toEqual([]);
    expect(from('http://127.0.0.1:7007/a/-/a-1.2.3.tgz')).toHaveLength(1);
  });

  it('refuses what is no lockfile, workspaces, and more than it says', () => {
    expect(lockFaults([], {})).toHaveLength(1);
    expect(lockFaults({}, { dependencies: {} })).toHaveLength(1);
    expect(faults({}, { workspaces: ['x'] })).toHaveLength(1);
    expect(faults({}, { dependencies: ['x'] })).toHaveLength(1);
    const many = Object.fromEntries(
      Array.from({ length: 50 }, (_, n) => [`x${n}`.repeat(60), {}]),
    );
    const said = faults(many);
    expect(said).toHaveLength(20);
    expect(said.every(fault => fault.length < 250)).toBe(true);
  });

  it('goes no deeper into overrides than npm would', () => {
    const deep = JSON.parse(`${'{"a":'.repeat(50_000)}{}${'}'.repeat(50_000)}`);
    expect(lockFaults({ overrides: deep }, { packages: { '': {} } })).toEqual([
      'package.json: an override is not a version of a package',
    ]);
  });

  it('takes any text for what it is, in little time', () => {
    const text = fc.oneof(
      fc.string({ maxLength: 5_000 }),
      fc
        .constantFrom('node_modules/a', '~', 'a.b ', '/node_modules/')
        .chain(piece =>
          fc.integer({ min: 0, max: 2_000 }).map(n => piece.repeat(n)),
        ),
    );
    fc.assert(
      fc.property(text, text, text, (place, version, resolved) => {
        const look = () =>
          lockFaults(
            { dependencies: { a: version } },
            { packages: { [place]: { version, resolved, integrity: 'x' } } },
          );
        expect(leastCpuTimeOf(look, 1_000)).toBeLessThan(1_000);
      }),
      { numRuns: 200 },
    );
  });
});
