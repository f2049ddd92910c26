import assert from 'node:assert/strict';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { test } from 'node:test';
import { parse } from 'yaml';
import { fromRoot } from '../lib/paths.mjs';

const readJson = (...path) =>
  JSON.parse(readFileSync(fromRoot(...path), 'utf8'));

const published = readJson('package.json')
  .workspaces.map(pattern => pattern.replace('/*', ''))
  .flatMap(parent =>
    readdirSync(fromRoot(parent)).map(name => [parent, name, 'package.json']),
  )
  .filter(path => existsSync(fromRoot(...path)))
  .map(path => readJson(...path))
  .filter(manifest => !manifest.private);

test('what is published carries one version, and moves together', () => {
  const versions = new Set(published.map(({ version }) => version));
  assert.ok(published.length > 5);
  assert.equal(versions.size, 1, [...versions].join(', '));

  const { fixed, access } = readJson('.changeset', 'config.json');
  assert.deepEqual(fixed, [['@fawkes/*']]);
  assert.equal(access, 'public');
  const outside = published.filter(({ name }) => !name.startsWith('@fawkes/'));
  assert.deepEqual(outside, []);
});

test('a note names packages that are published, how much it is, and says something', () => {
  const names = published.map(({ name }) => name);
  const notes = readdirSync(fromRoot('.changeset')).filter(
    name => name.endsWith('.md') && name !== 'README.md',
  );
  for (const note of notes) {
    const text = readFileSync(fromRoot('.changeset', note), 'utf8');
    const [, head, body] = /^---\n([^]*?)\n---\n([^]*)$/.exec(text) ?? [];
    assert.ok(body?.trim(), `${note} says something`);
    for (const [name, bump] of Object.entries(parse(head))) {
      assert.ok(names.includes(name), `${note} names ${name}`);
      assert.match(bump, /^(major|minor|patch)$/, note);
    }
  }
});
