// The documents hold: links lead somewhere, code samples can be read, every page can be found.
import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { dirname, extname, join, normalize, relative } from 'node:path';
import { test } from 'node:test';
import { parse } from 'yaml';
import { fromRoot, root } from '../lib/paths.mjs';

const SKIPPED =
  /^(node_modules|dist|dist-types|coverage|build|tmp)$|^\.(?!github$)/;

/** Every Markdown file of the repository, as a path from its root. */
async function markdownFiles(folder = root) {
  const entries = await readdir(folder, { withFileTypes: true });
  const found = await Promise.all(
    entries
      .filter(entry => !SKIPPED.test(entry.name))
      .map(entry => {
        const path = join(folder, entry.name);
        if (entry.isDirectory()) return markdownFiles(path);
        return extname(path) === '.md' ? [relative(root, path)] : [];
      }),
  );
  return found.flat().sort();
}

const texts = new Map();
for (const file of await markdownFiles()) {
  texts.set(file, await readFile(fromRoot(file), 'utf8'));
}

const FENCE = /^( *)(`{3,}|~{3,})([^\n`]*)\n([\s\S]*?)^ *\2 *$/gm;

const withoutCode = text =>
  text.replace(FENCE, '').replace(/(`+)[\s\S]*?[^`]\1(?!`)/g, '');

/** Where links and images of a document lead. */
function targetsOf(text) {
  const plain = withoutCode(text);
  return [
    ...plain.matchAll(/\]\(\s*<?([^)\s>]+)>?(?:\s+"[^"]*")?\s*\)/g),
    ...plain.matchAll(/^\s*\[[^\]]+\]:\s*(\S+)/gm),
    ...plain.matchAll(/\b(?:src|href|srcset)="([^"\s]+)[^"]*"/g),
  ].map(match => match[1]);
}

const isRelative = target => !/^([a-z][a-z0-9+.-]*:|\/)/i.test(target);

/** Pictures are made by `yarn screenshots` and may not be there yet. */
const isScreenshot = path => /^docs\/images\/[\w-]+\.png$/.test(path);

function headingsOf(text) {
  return [...text.replace(FENCE, '').matchAll(/^#{1,6} +(.+?) *#*$/gm)].map(
    ([, heading]) =>
      heading.replace(/\[([^\]]*)\]\([^)]*\)/g, '$1').replace(/[`*]/g, ''),
  );
}

const words = heading =>
  heading
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\s_-]/gu, '')
    .trim();

/** A heading's anchor on GitHub, and in the portal's TechDocs. */
const githubAnchor = heading => words(heading).replace(/\s/g, '-');
const techdocsAnchor = heading => words(heading).replace(/[\s-]+/g, '-');

function problemsOf(file) {
  return targetsOf(texts.get(file))
    .filter(isRelative)
    .flatMap(target => {
      const [path, anchor] = decodeURI(target).split('#');
      const leadsTo = path ? normalize(join(dirname(file), path)) : file;
      if (leadsTo.startsWith('..')) return [`${target} leaves the repository`];
      if (file.startsWith('docs/') && !leadsTo.startsWith('docs/')) {
        return [`${target} leaves docs/, which TechDocs cannot follow`];
      }
      if (isScreenshot(leadsTo)) return [];
      if (!existsSync(fromRoot(leadsTo))) return [`${target} does not exist`];
      if (anchor === undefined || !texts.has(leadsTo)) return [];
      const headings = headingsOf(texts.get(leadsTo));
      const rendered = leadsTo.startsWith('docs/')
        ? [githubAnchor, techdocsAnchor]
        : [githubAnchor];
      return rendered.every(slug => headings.map(slug).includes(anchor))
        ? []
        : [`${target} names no heading`];
    });
}

test('there are documents', () => {
  for (const file of ['README.md', 'CONTRIBUTING.md', 'docs/index.md']) {
    assert.ok(texts.has(file), file);
  }
});

test('links and images lead to what is there', () => {
  const problems = [...texts.keys()].flatMap(file =>
    problemsOf(file).map(problem => `${file}: ${problem}`),
  );
  assert.deepEqual(problems, []);
});

test('code samples in JSON and YAML can be read', () => {
  const problems = [];
  for (const [file, text] of texts) {
    for (const [, indent, , info, code] of text.matchAll(FENCE)) {
      const language = info.trim().split(/\s/)[0];
      const read = { json: JSON.parse, yaml: parse, yml: parse }[language];
      try {
        read?.(code.replaceAll(new RegExp(`^${indent}`, 'gm'), ''));
      } catch (error) {
        problems.push(`${file}: ${language}: ${error.message}\n${code}`);
      }
    }
  }
  assert.deepEqual(problems, []);
});

test('every page of docs/ is in the navigation, once', async () => {
  const { nav } = parse(await readFile(fromRoot('mkdocs.yml'), 'utf8'));
  const pages = entries =>
    entries.flatMap(entry =>
      Object.values(entry).flatMap(target =>
        Array.isArray(target) ? pages(target) : [`docs/${target}`],
      ),
    );
  assert.deepEqual(
    pages(nav).sort(),
    [...texts.keys()].filter(file => file.startsWith('docs/')),
  );
});

test('every package says what it is', async () => {
  for (const folder of ['packages', 'plugins']) {
    for (const name of await readdir(fromRoot(folder))) {
      if (!existsSync(fromRoot(folder, name, 'package.json'))) continue;
      assert.ok(
        texts.has(join(folder, name, 'README.md')),
        `${folder}/${name}`,
      );
    }
  }
});
