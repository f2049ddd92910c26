import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { test } from 'node:test';
import { inspectInstalled } from '../audit/installed.mjs';
import { isAllowed, licenceOf } from '../audit/licences.mjs';
import { readLockfile, resolveDependency } from '../audit/lockfile.mjs';
import { publishedPackages } from '../audit/packages.mjs';
import { ageOf, formatReport } from '../audit/table.mjs';
import { judge } from '../audit/verdict.mjs';
import { fromRoot } from '../lib/paths.mjs';
import { lockfileOf, makeProject } from './registry.mjs';

test('a dependency stands for what yarn.lock says, under whatever name', () => {
  const lock = readLockfile(
    lockfileOf({
      'a@npm:^1.0.0, a@npm:~1.2.0': 'a@npm:1.2.3',
      '@s/b@npm:^2.0.0': '@s/b@npm:2.0.0-rc.1',
      'other@npm:a@^1.0.0': 'a@npm:1.2.3',
      'far@npm:^1.0.0': 'far@npm:1.0.0::__archiveUrl=https%3A%2F%2Fx.example',
      'ours@workspace:plugins/ours': 'ours@workspace:plugins/ours',
    }),
  );
  const resolve = (name, range) => resolveDependency(lock, { name, range });
  assert.deepEqual(resolve('a', '~1.2.0'), { name: 'a', version: '1.2.3' });
  assert.deepEqual(resolve('@s/b', '^2.0.0'), {
    name: '@s/b',
    version: '2.0.0-rc.1',
  });
  assert.deepEqual(resolve('other', 'npm:a@^1.0.0'), {
    name: 'a',
    version: '1.2.3',
  });
  assert.throws(
    () => resolve('a', '^3.0.0'),
    /yarn\.lock knows no a \^3\.0\.0/,
  );
  assert.throws(() => resolve('ours', 'workspace:plugins/ours'), /knows no/);
});

test('a key that is too long for a line is read as well', () => {
  const ranges = Array.from({ length: 200 }, (_, n) => `a@npm:^1.${n}.0`);
  const lock = readLockfile(
    `? "${ranges.join(
      ', ',
    )}"\n:\n  version: 1.200.0\n  resolution: "a@npm:1.200.0"\n`,
  );
  assert.deepEqual(resolveDependency(lock, { name: 'a', range: '^1.7.0' }), {
    name: 'a',
    version: '1.200.0',
  });
});

test('resolutions of the workspace hold', async t => {
  const root = await makeProject(t, {
    'package.json': { workspaces: ['plugins/*'], resolutions: { a: '1.0.0' } },
    'plugins/x/package.json': { name: 'x', dependencies: { a: '^2.0.0' } },
  });
  assert.deepEqual(await publishedPackages(root), [
    {
      name: 'x',
      role: 'no role',
      folder: 'plugins/x',
      dependencies: [{ name: 'a', range: '1.0.0' }],
    },
  ]);
});

test('every published package of this repository is looked at', async () => {
  const packages = await publishedPackages(fromRoot());
  const names = packages.map(({ name }) => name);
  assert.ok(names.includes('@fawkes/backstage-plugin-delivery-common'));
  for (const { name, role, dependencies } of packages) {
    assert.match(role, /(plugin|plugin-module|library|cli)$/, name);
    // A verifier shares nothing with what it verifies.
    assert.ok(dependencies.length > 0 || role === 'cli', name);
  }
});

test('licences are read in every way npm knew', () => {
  assert.equal(licenceOf({ license: 'MIT' }), 'MIT');
  assert.equal(licenceOf({ license: { type: 'ISC' } }), 'ISC');
  assert.equal(
    licenceOf({ licenses: [{ type: 'MIT' }, { type: 'GPL-2.0' }] }),
    'MIT OR GPL-2.0',
  );
  for (const nothing of [{}, { license: '' }, { licenses: [] }, { license: 5 }])
    assert.equal(licenceOf(nothing), undefined);
});

test('a licence is allowed where a choice of allowed ones is left', () => {
  const allowed = new Set(['MIT', 'Apache-2.0']);
  const verdicts = {
    MIT: true,
    '(MIT OR GPL-3.0)': true,
    'GPL-3.0 OR MIT AND Apache-2.0': true,
    'MIT AND GPL-3.0': false,
    '(MIT AND (GPL-3.0 OR Apache-2.0))': false,
    'GPL-3.0': false,
    'Apache-2.0 WITH LLVM-exception': false,
    'SEE LICENSE IN LICENSE': false,
    UNLICENSED: false,
    'none stated': false,
  };
  for (const [expression, verdict] of Object.entries(verdicts)) {
    assert.equal(isAllowed(expression, allowed), verdict, expression);
  }
  assert.equal(isAllowed(undefined, allowed), false);
});

test('what is installed is looked at where it is, and only the version that is meant', async t => {
  const manifest = { name: 'a', scripts: { install: 'x', preinstall: 'y' } };
  const root = await makeProject(t, {
    'node_modules/a/package.json': { ...manifest, version: '1.0.0' },
    'plugins/x/node_modules/alias/package.json': {
      ...manifest,
      version: '2.0.0',
      license: 'MIT',
      gypfile: false,
    },
    'plugins/x/node_modules/alias/binding.gyp': '{}',
  });
  const folders = [join(root, 'plugins/x'), root];
  assert.deepEqual(
    await inspectInstalled(folders, 'a', { name: 'a', version: '1.0.0' }),
    { licence: 'none stated', installScripts: ['preinstall', 'install'] },
  );
  assert.deepEqual(
    await inspectInstalled(folders, 'alias', { name: 'a', version: '2.0.0' }),
    { licence: 'MIT', installScripts: ['preinstall', 'install'] },
  );
  assert.deepEqual(
    await inspectInstalled(folders, 'a', { name: 'a', version: '3.0.0' }),
    {
      notAsked: {
        licence: 'version 3.0.0 is not installed',
        installScripts: 'version 3.0.0 is not installed',
      },
    },
  );
});

const fine = {
  name: 'a',
  version: '1.0.0',
  usedBy: ['x'],
  published: '2026-01-01T00:00:00.000Z',
  newest: '1.0.0',
  newestPublished: '2026-01-01T00:00:00.000Z',
  licence: 'MIT',
  installScripts: [],
  advisories: [],
  notAsked: {},
};

test('a problem is worse than silence, and silence is not a pass', () => {
  const silent = {
    ...fine,
    advisories: undefined,
    notAsked: { advisories: 'no' },
  };
  const bad = { ...fine, licence: 'none stated' };
  const exitCode = (...all) => judge(all).exitCode;
  assert.equal(exitCode(fine), 0);
  assert.equal(exitCode(fine, silent), 2);
  assert.equal(exitCode(fine, silent, bad), 1);
  const of = severity => ({
    ...fine,
    advisories: [{ severity, title: 't', url: 'u' }],
  });
  assert.equal(exitCode(of('low'), of('moderate')), 0);
  assert.equal(exitCode(of('high')), 1);
  assert.equal(exitCode(of('critical')), 1);
});

test('many silences for one reason are one line', () => {
  const dependencies = ['a', 'b', 'c', 'd'].map(name => ({
    ...fine,
    name,
    notAsked: { age: 'nobody there' },
  }));
  const report = {
    at: '2026-03-01T00:00:00.000Z',
    packages: [{ name: 'x', role: 'library' }],
    dependencies,
    ...judge(dependencies),
  };
  const lines = formatReport(report).split('\n');
  assert.deepEqual(
    lines.filter(line => line.startsWith('?')),
    ['? could not ask for age of 4 dependencies: nobody there'],
  );
});

test('an age is told in words that fit it', () => {
  const now = Date.parse('2026-06-30T00:00:00Z');
  const ages = [
    '2026-07-02',
    '2026-06-29',
    '2026-05-02',
    '2026-03-30',
    '2020-06-30',
  ];
  assert.deepEqual(
    ages.map(day => ageOf(`${day}T00:00:00.000Z`, now)),
    ['0 d', '1 d', '59 d', '3 months', '6.0 years'],
  );
});

test('an unknown option is refused', () => {
  const { status, stderr } = spawnSync(
    process.execPath,
    [fromRoot('scripts', 'audit-dependencies.mjs'), '--yaml'],
    { encoding: 'utf8' },
  );
  assert.equal(status, 1);
  assert.match(stderr, /Unknown option --yaml/);
});
