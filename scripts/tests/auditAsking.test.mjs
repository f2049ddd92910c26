// yarn audit:dependencies against a registry on this machine.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { askYarn } from '../audit/ask.mjs';
import { audit } from '../audit/audit.mjs';
import { formatReport } from '../audit/table.mjs';
import { findToolchain } from '../lib/toolchain.mjs';
import {
  KNOWN,
  documentOf,
  lockfileOf,
  makeProject,
  startRegistry,
} from './registry.mjs';

const { yarn, env } = await findToolchain();
const now = Date.parse('2026-06-30T00:00:00Z');

/** Two published packages and a private one, with what is installed of `good` and `@scope/odd`. */
const project = (t, odd = {}, files = {}) =>
  makeProject(t, {
    'packages/app/package.json': {
      name: 'app',
      private: true,
      dependencies: { secret: '^9.0.0' },
    },
    'plugins/one/package.json': {
      name: '@us/one',
      backstage: { role: 'backend-plugin' },
      dependencies: { good: '^1.0.0', '@us/two': 'workspace:^' },
      devDependencies: { tool: '^3.0.0' },
    },
    'plugins/two/package.json': {
      name: '@us/two',
      backstage: { role: 'common-library' },
      dependencies: { good: '^1.0.0' },
      optionalDependencies: { '@scope/odd': '~2.0.0' },
      peerDependencies: { react: '^18.0.0' },
    },
    'node_modules/good/package.json': {
      name: 'good',
      version: '1.2.0',
      license: 'MIT',
      scripts: { prepare: 'build', test: 'test' },
    },
    'node_modules/@scope/odd/package.json': {
      name: '@scope/odd',
      version: '2.0.1',
      license: '(GPL-3.0 OR Apache-2.0)',
      ...odd,
    },
    'yarn.lock': lockfileOf({
      '@scope/odd@npm:~2.0.0': '@scope/odd@npm:2.0.1',
      'good@npm:^1.0.0, good@npm:^1.1.0': 'good@npm:1.2.0',
      'secret@npm:^9.0.0': 'secret@npm:9.0.0',
      'tool@npm:^3.0.0': 'tool@npm:3.0.0',
    }),
    ...files,
  });

const packages = {
  good: documentOf('good', {
    '1.2.0': '2026-05-31T00:00:00.000Z',
    '2.0.0': '2026-06-29T00:00:00.000Z',
  }),
  '@scope/odd': documentOf('@scope/odd', { '2.0.1': '2024-06-30T12:00:00Z' }),
};

async function auditWith(registry, root) {
  const report = await audit({
    root,
    yarn,
    env: {
      ...env,
      YARN_NPM_REGISTRY_SERVER: registry.url,
      YARN_HTTP_RETRY: '0',
    },
    now,
  });
  return { report, text: formatReport(report) };
}

test('what is asked and in order passes', async t => {
  const registry = await startRegistry(t, { packages, advisories: KNOWN });
  const { report, text } = await auditWith(registry, await project(t));
  assert.deepEqual(report, {
    at: '2026-06-30T00:00:00.000Z',
    packages: [
      { name: '@us/one', role: 'backend-plugin' },
      { name: '@us/two', role: 'common-library' },
    ],
    dependencies: [
      {
        name: '@scope/odd',
        version: '2.0.1',
        usedBy: ['@us/two'],
        licence: '(GPL-3.0 OR Apache-2.0)',
        installScripts: [],
        published: '2024-06-30T12:00:00.000Z',
        newest: '2.0.1',
        newestPublished: '2024-06-30T12:00:00.000Z',
        advisories: [],
        notAsked: {},
      },
      {
        name: 'good',
        version: '1.2.0',
        usedBy: ['@us/one', '@us/two'],
        licence: 'MIT',
        installScripts: [],
        published: '2026-05-31T00:00:00.000Z',
        newest: '2.0.0',
        newestPublished: '2026-06-29T00:00:00.000Z',
        advisories: [],
        notAsked: {},
      },
    ],
    problems: [],
    notAsked: [],
    exitCode: 0,
  });
  assert.deepEqual(registry.asked, [
    { '@scope/odd': ['2.0.1'], good: ['1.2.0'], lodash: ['4.17.15'] },
  ]);
  assert.match(
    text,
    /^good +1\.2\.0 +30 d +2\.0\.0 +1 d +MIT +none +none known +2$/m,
  );
  assert.match(
    text,
    /2 dependencies of 2 packages\. All asked, all in order\.$/,
  );
});

test('a grave advisory, a foreign licence and install scripts do not', async t => {
  const advisory = (id, severity, range) => ({
    ...KNOWN.lodash[0],
    id,
    severity,
    vulnerable_versions: range,
  });
  const registry = await startRegistry(t, {
    packages,
    advisories: {
      ...KNOWN,
      good: [
        advisory(2, 'critical', '<1.2.1'),
        advisory(3, 'moderate', '1.x'),
        advisory(4, 'critical', '<1.2.0'),
      ],
    },
  });
  const { report, text } = await auditWith(
    registry,
    await project(
      t,
      { license: 'SSPL-1.0', scripts: { postinstall: 'curl' } },
      { 'node_modules/@scope/odd/binding.gyp': '{}' },
    ),
  );
  assert.equal(report.exitCode, 1);
  assert.deepEqual(report.problems, [
    '@scope/odd 2.0.1: the licence is not among the allowed ones: SSPL-1.0',
    '@scope/odd 2.0.1: runs when it is installed: postinstall, binding.gyp',
    'good 1.2.0: critical: known to all https://advisories.example/1',
  ]);
  assert.match(text, /^good .* 1 critical, 1 moderate +2$/m);
  assert.match(text, /Not in order: see above\.$/);
});

test('what nobody answers is not a pass', async t => {
  const registry = await startRegistry(t, {
    packages: { good: { ...packages.good, time: undefined } },
    advisories: 405,
  });
  const { report, text } = await auditWith(
    registry,
    await project(t, { version: '2.0.0' }),
  );
  assert.equal(report.exitCode, 2);
  assert.deepEqual(report.dependencies[0].notAsked, {
    age: 'Package not found',
    newest: 'Package not found',
    licence: 'version 2.0.1 is not installed',
    installScripts: 'version 2.0.1 is not installed',
    advisories: 'it answered 405 (Method Not Allowed)',
  });
  assert.deepEqual(report.dependencies[1].notAsked, {
    age: 'the registry does not tell when 1.2.0 was published',
    newest: 'the registry does not tell when 2.0.0 was published',
    advisories: 'it answered 405 (Method Not Allowed)',
  });
  assert.match(
    text,
    /could not ask for advisories of @scope\/odd, good: it answered 405 \(Method Not Allowed\)$/m,
  );
  assert.match(text, /^@scope\/odd +2\.0\.1 +(not asked +){6}1$/m);
  assert.match(text, /Could not ask everything, so this is not a pass\.$/);
});

test('a source that knows no advisory at all is not believed', async t => {
  const registry = await startRegistry(t, { packages, advisories: {} });
  const { report } = await auditWith(registry, await project(t));
  assert.equal(report.exitCode, 2);
  assert.deepEqual(report.notAsked, [
    {
      column: 'advisories',
      reason: 'it answers, but knows nothing of the holes of lodash@4.17.15',
      dependencies: ['@scope/odd', 'good'],
    },
  ]);
});

test('a registry that keeps silent is not waited for', async t => {
  const registry = await startRegistry(t, { packages, silent: 'good' });
  const { reason } = await askYarn(['npm', 'info', 'good', '--json'], {
    yarn,
    env: {
      ...env,
      YARN_NPM_REGISTRY_SERVER: registry.url,
      YARN_HTTP_TIMEOUT: '200',
      YARN_HTTP_RETRY: '0',
    },
    cwd: await project(t),
  });
  assert.match(reason, /ETIMEDOUT|[Tt]imeout/);
});

test('a program that does not come to an end is ended', async () => {
  const { reason } = await askYarn(['-e', 'setInterval(() => {}, 1_000)'], {
    yarn: [process.execPath],
    env,
    patienceMs: 200,
  });
  assert.equal(reason, 'no answer within 0.2 s');
});
