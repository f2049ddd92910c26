// Kits serve every family and speak of none: no word of a domain in their sources.
import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import ts from 'typescript';
import { fromRoot } from '../lib/paths.mjs';

/** Nowhere: neither as a name nor in a comment or a text. */
const DOMAIN = [
  'deployment',
  'incident',
  'pull request',
  'lead time',
  'belt',
  'learner',
  'ballot',
  'reservation',
];
/** English in comments, texts and `onChange`; a domain's thing where a name begins with it. */
const ENGLISH = ['change', 'host'];

/** `pullRequests`, `PULL_REQUEST` and `pull-request` are all "pull request". */
function plain(text) {
  return text
    .replace(/([a-z\d])([A-Z])/g, '$1 $2')
    .replace(/[^A-Za-z]+/g, ' ')
    .toLowerCase();
}

const hasWord = (text, word) => new RegExp(`\\b${word}s?\\b`).test(plain(text));

/** Names that a file gives to something; those of others (`url.host`) are not its doing. */
function namesIn(file, text) {
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
  const names = [];
  const visit = node => {
    if (ts.isIdentifier(node) && !isOfOthers(node)) {
      const { line } = source.getLineAndCharacterOfPosition(node.getStart());
      names.push({ name: node.text, line: line + 1 });
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return names;
}

function isOfOthers(node) {
  const { parent } = node;
  return (
    (ts.isPropertyAccessExpression(parent) || ts.isJsxAttribute(parent)) &&
    parent.name === node
  );
}

/** What a file of a kit says that is none of a kit's business. */
function domainIn(file, text) {
  const words = text
    .split('\n')
    .flatMap((line, index) =>
      DOMAIN.filter(word => hasWord(line, word)).map(
        word => `${file}:${index + 1}: ${word}`,
      ),
    );
  const names = (file.endsWith('.css') ? [] : namesIn(file, text))
    .filter(({ name }) =>
      ENGLISH.some(word => new RegExp(`^${word}s?\\b`).test(plain(name))),
    )
    .map(({ name, line }) => `${file}:${line}: ${name}`);
  return [...words, ...names];
}

async function sourcesOf(folder) {
  const names = await readdir(fromRoot(folder), { recursive: true });
  return names
    .filter(name => /\.(tsx?|css)$/.test(name))
    .map(name => join(folder, name))
    .sort();
}

test('no kit speaks of a domain', async () => {
  const kits = (await readdir(fromRoot('packages'))).filter(name =>
    name.startsWith('kit-'),
  );
  assert.ok(kits.includes('kit-backend'));
  const found = [];
  for (const kit of kits) {
    const files = await sourcesOf(join('packages', kit, 'src'));
    assert.notEqual(files.length, 0, kit);
    for (const file of files) {
      found.push(...domainIn(file, await readFile(fromRoot(file), 'utf8')));
    }
  }
  assert.deepEqual(found, []);
});

test('words of a domain are found however they are spelled', () => {
  const outcome = text => domainIn('a.ts', text).map(line => line.slice(5));
  for (const text of [
    'const deploymentKey = 1;',
    '// of a deployment',
    "const a = 'DEPLOYMENTS';",
    '/* told by pull-requests */',
    'type Row = { pull_request: 1 };',
    'const leadTimeOf = 1;',
    'interface Ballot {}',
    'const change = 1;',
    'interface ChangeRow {}',
    'const f = (hosts: string[]) => hosts;',
    'const { host } = url;',
    'type A = { change_id: 1 };',
  ]) {
    assert.notDeepEqual(outcome(text), [], text);
  }
  for (const text of [
    '// a change of the host, incidentally',
    'const changed = url.host;',
    'const onChange = () => {};',
    "element.addEventListener('change', go);",
    'const localhost = exchange;',
    'const seatbelts = 1;',
  ]) {
    assert.deepEqual(outcome(text), [], text);
  }
  const screen = 'const a = <A change={b} onChange={b}>Change</A>;';
  assert.deepEqual(domainIn('a.tsx', screen), []);
  assert.deepEqual(domainIn('a.css', '.belts { color: red }'), [
    'a.css:1: belt',
  ]);
});
