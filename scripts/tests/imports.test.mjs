// What imports say about the house: no files that need each other in a circle, no dependency that nobody imports.
import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { dirname, join, normalize } from 'node:path';
import { test } from 'node:test';
import ts from 'typescript';
import { fromRoot } from '../lib/paths.mjs';
import { listWorkspaces } from '../lib/workspaces.mjs';

const ENDINGS = ['', '.ts', '.tsx', '/index.ts', '/index.tsx'];

/** Everything a file imports, also for types alone, and what it passes on. */
function importsOf(text) {
  return ts
    .preProcessFile(text, true, true)
    .importedFiles.map(({ fileName }) => fileName);
}

/** By file, the files it imports by a relative path. */
function graphOf(texts) {
  const graph = new Map();
  for (const [file, text] of texts) {
    const found = importsOf(text)
      .filter(name => name.startsWith('.'))
      .map(name => normalize(join(dirname(file), name)).replace(/\/$/, ''))
      .flatMap(
        path =>
          ENDINGS.map(ending => path + ending).find(f => texts.has(f)) ?? [],
      );
    graph.set(file, [...new Set(found)]);
  }
  return graph;
}

/** The circles among files, each once: those that a walk comes back to. */
function circlesOf(graph) {
  const circles = [];
  const done = new Set();
  const walk = (file, path) => {
    const met = path.indexOf(file);
    if (met >= 0) {
      circles.push([...path.slice(met), file].join(' → '));
      return;
    }
    if (done.has(file)) return;
    for (const next of graph.get(file)) walk(next, [...path, file]);
    done.add(file);
  };
  for (const file of graph.keys()) walk(file, []);
  return circles;
}

async function textsBelow(folder, endings = /\.[cm]?[jt]sx?$/) {
  const names = await readdir(fromRoot(folder), { recursive: true }).catch(
    error => {
      if (error.code === 'ENOENT') return [];
      throw error;
    },
  );
  const files = names
    .filter(name => endings.test(name) && !name.includes('node_modules'))
    .map(name => join(folder, name));
  return new Map(
    await Promise.all(
      files.map(async file => [file, await readFile(fromRoot(file), 'utf8')]),
    ),
  );
}

test('no files import each other in a circle', async () => {
  const found = [];
  for (const { folder } of await listWorkspaces()) {
    found.push(...circlesOf(graphOf(await textsBelow(join(folder, 'src')))));
  }
  assert.deepEqual(found, []);
});

test('circles are found through types, folders and what is passed on', () => {
  const circles = texts => circlesOf(graphOf(new Map(Object.entries(texts))));
  assert.deepEqual(
    circles({
      'a/one.ts': "import { b } from '../b';",
      'b/index.ts': "export * from './two';",
      'b/two.tsx': "import type { A } from '../a/one';",
    }),
    ['a/one.ts → b/index.ts → b/two.tsx → a/one.ts'],
  );
  assert.deepEqual(
    circles({
      'one.ts': "import './two'; import './three'; import 'one';",
      'two.ts': "import { c } from './three'; // from './one'",
      'three.ts': "export const c = './two';",
    }),
    [],
  );
});

/** Loaded by their name, which stands in no import: database drivers by knex, the frontend by its configuration. */
const BY_NAME = ['better-sqlite3', 'pg', 'app'];
/** Files that run where a package is developed, and not where it is used. */
const FOR_DEVELOPERS =
  /\.test\.|__testUtils__|setupTests|\/dev\/|\.eslintrc\.js$/;

/** What a package is imported from: `@a/b` of `@a/b/c`. */
function packageOf(name) {
  return name
    .split('/')
    .slice(0, name.startsWith('@') ? 2 : 1)
    .join('/');
}

/** The packages that files import, or name to `require.resolve` and the like. */
function packagesIn(texts, names) {
  const imported = new Set();
  for (const text of texts) {
    for (const name of importsOf(text)) imported.add(packageOf(name));
    for (const name of names) {
      if (text.includes(`'${name}/package.json'`)) imported.add(name);
    }
  }
  return imported;
}

/** Of the version that stands beside the package, else of the one all share. */
async function manifestOf(folder, name) {
  const at = [fromRoot(folder), fromRoot()]
    .map(root => join(root, 'node_modules', name, 'package.json'))
    .find(existsSync);
  assert.ok(at, `${folder}: ${name} is not installed`);
  return JSON.parse(await readFile(at, 'utf8'));
}

/** The dependencies of a package that none of its files imports, and nothing explains. */
async function unusedBy({ folder, manifest }) {
  const { dependencies = {}, devDependencies = {} } = manifest;
  const names = Object.keys({ ...dependencies, ...devDependencies });
  const manifests = new Map(
    await Promise.all(
      names.map(async name => [name, await manifestOf(folder, name)]),
    ),
  );
  const peers = new Set(
    [manifest, ...manifests.values()].flatMap(each =>
      Object.keys(each.peerDependencies ?? {}),
    ),
  );
  const isExplained = name =>
    BY_NAME.includes(name) ||
    peers.has(name) ||
    name === '@backstage/cli' ||
    // The portal finds these among its dependencies (app.packages).
    (manifest.backstage?.role === 'frontend' &&
      manifests.get(name).backstage?.role?.startsWith('frontend-plugin'));

  const texts = await textsBelow(folder);
  const shipped = [...texts].filter(([file]) => !FOR_DEVELOPERS.test(file));
  const used = packagesIn(
    shipped.map(([, text]) => text),
    names,
  );
  const usedHere = packagesIn(texts.values(), names);
  const isUsedHere = name =>
    usedHere.has(name.replace(/^@types\//, '')) || usedHere.has(name);
  return [
    ...Object.keys(dependencies).filter(name => !used.has(name)),
    ...Object.keys(devDependencies).filter(name => !isUsedHere(name)),
  ]
    .filter(name => !isExplained(name))
    .map(name => `${folder}: ${name}`);
}

test('no package depends on what it does not import', async () => {
  const found = [];
  for (const workspace of await listWorkspaces()) {
    found.push(...(await unusedBy(workspace)));
  }
  assert.deepEqual(found, []);
});
