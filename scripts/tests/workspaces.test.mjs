import assert from 'node:assert/strict';
import { test } from 'node:test';
import { listWorkspaces, withDependencies } from '../lib/workspaces.mjs';

const workspace = (folder, name, dependencies, devDependencies) => ({
  folder,
  manifest: { name, dependencies, devDependencies },
});

test('what a package depends on here comes with it, and before it', () => {
  const workspaces = [
    workspace('packages/kit', '@x/kit', { knex: '^3.0.0' }),
    workspace('packages/other', '@x/other'),
    workspace('plugins/front', '@x/front', { '@x/common': 'workspace:^' }),
    workspace(
      'plugins/back',
      '@x/back',
      { '@x/common': 'workspace:^', '@x/kit': 'workspace:^' },
      { '@x/other': 'workspace:^' },
    ),
    workspace('plugins/common', '@x/common', { '@x/kit': 'workspace:^' }),
  ];
  assert.deepEqual(
    withDependencies(['plugins/front', 'plugins/back'], workspaces).map(
      ({ folder }) => folder,
    ),
    ['packages/kit', 'plugins/common', 'plugins/front', 'plugins/back'],
  );
});

test('the packages of this repository are found where they are', async () => {
  const workspaces = await listWorkspaces();
  const folders = workspaces.map(({ folder }) => folder);
  for (const folder of ['packages/kit-backend', 'plugins/delivery-backend']) {
    assert.ok(folders.includes(folder), folder);
  }
  const packed = withDependencies(['plugins/delivery-backend'], workspaces);
  assert.ok(packed.some(({ folder }) => folder === 'packages/kit-backend'));
});
