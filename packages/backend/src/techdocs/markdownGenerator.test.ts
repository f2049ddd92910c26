import { readFile } from 'node:fs/promises';
import {
  createMockDirectory,
  mockServices,
} from '@backstage/backend-test-utils';
import type { GeneratorRunOptions } from '@backstage/plugin-techdocs-node';
import { MarkdownGenerator } from './markdownGenerator';

describe('MarkdownGenerator', () => {
  const input = createMockDirectory();
  const output = createMockDirectory();
  beforeEach(() => output.clear());

  const run = () =>
    new MarkdownGenerator({
      logger: mockServices.logger.mock(),
      config: mockServices.rootConfig(),
    }).run({
      inputDir: input.path,
      outputDir: output.path,
      etag: 'abc',
      siteOptions: { name: 'Ledger' },
      logger:
        mockServices.logger.mock() as unknown as GeneratorRunOptions['logger'],
    });
  const published = (path: string) => readFile(output.resolve(path), 'utf8');

  it('publishes the pages in the order of mkdocs.yml', async () => {
    input.setContent({
      'mkdocs.yml': [
        'site_name: The ledger',
        'docs_dir: handbook',
        'nav:',
        '  - Start: index.md',
        '  - Tasks:',
        '      - tasks/close.md',
        '  - DORA: https://dora.dev/',
      ].join('\n'),
      handbook: {
        'index.md':
          '# Welcome\n\nSee [closing](tasks/close.md).\n\n## Why\n\n## How\n',
        tasks: { 'close.md': '# Close the books\n\n![flow](flow.svg)\n' },
        'flow.svg': '<svg/>',
      },
    });
    await run();

    const front = await published('index.html');
    expect(front).toContain('<title>Welcome - The ledger</title>');
    expect(front).toContain('<a href="tasks/close/">closing</a>');
    expect(front).toContain('aria-label="On this page"');
    expect(front).toMatch(/aria-current="page" href="\.\/"[^>]*><[^>]*>Start</);
    const task = await published('tasks/close/index.html');
    expect(task).toContain('<img src="../flow.svg" alt="flow">');
    expect(task).toMatch(/href="\.\.\/\.\.\/"[^>]*><[^>]*>Start</);
    expect(task).toContain('href="../../assets/stylesheets/main.');
    expect(await published('flow.svg')).toBe('<svg/>');
  });

  it('lists pages by folder where mkdocs.yml has no nav', async () => {
    input.setContent({
      docs: {
        'about.md': '# About',
        'index.md': '# Welcome',
        tasks: { 'close.md': '# Close', 'index.md': '# Tasks', 'a.png': '' },
      },
    });
    await run();
    const nav = (await published('index.html')).split('<nav')[1];
    const titles = [...nav.matchAll(/(?:ellipsis|section)">([^<]+)</g)];
    expect(titles.map(match => match[1])).toEqual([
      'Welcome',
      'About',
      'Tasks',
      'Tasks',
      'Close',
    ]);
  });

  it('writes what TechDocs and the search need', async () => {
    input.setContent({
      docs: { 'index.md': '# Welcome\n\nEverything *about* `entries`.\n' },
    });
    await run();
    expect(JSON.parse(await published('techdocs_metadata.json'))).toMatchObject(
      {
        site_name: 'Ledger',
        etag: 'abc',
        build_timestamp: expect.any(Number),
        files: expect.arrayContaining([
          'index.html',
          'search/search_index.json',
        ]),
      },
    );
    expect(
      JSON.parse(await published('search/search_index.json')).docs,
    ).toEqual([
      {
        location: '',
        title: 'Welcome',
        text: expect.stringContaining('Everything about entries'),
      },
    ]);
  });

  it('understands boxes, tables and front matter', async () => {
    input.setContent({
      docs: {
        'index.md': [
          '---',
          'tags: [a]',
          '---',
          '!!! warning "Careful"',
          '    This **moves** money.',
          '',
          '| a | b |',
          '|---|---|',
          '| 1 | 2 |',
        ].join('\n'),
      },
    });
    await run();
    const front = await published('index.html');
    expect(front).toContain('<div class="admonition warning">');
    expect(front).toContain('<p class="admonition-title">Careful</p>');
    expect(front).toContain('<strong>moves</strong>');
    expect(front).toContain('<td>2</td>');
    expect(front).not.toContain('tags');
  });

  it('says what is missing when there is no front page', async () => {
    input.setContent({ docs: { 'other.md': '# Other' } });
    await expect(run()).rejects.toThrow(
      /add index\.md or README\.md to "docs"/,
    );
  });

  it('says what is missing when there is no documentation', async () => {
    input.setContent({ 'mkdocs.yml': 'docs_dir: handbook' });
    await expect(run()).rejects.toThrow(/no folder 'handbook'/);
  });

  it.each([
    [
      'a page',
      { docs: { 'index.md': '# A', 'b.md': 'b'.repeat(2 ** 20 + 1) } },
    ],
    [
      'mkdocs.yml',
      { 'mkdocs.yml': '#'.repeat(2 ** 18 + 1), docs: { 'index.md': '# A' } },
    ],
  ])('refuses %s that would keep everybody waiting', async (_, content) => {
    input.setContent(content);
    await expect(run()).rejects.toThrow(
      /^(b\.md is larger than 1024|mkdocs\.yml is larger than 256) KiB; split it$/,
    );
  });

  it('takes the last of equal keys, as MkDocs does', async () => {
    input.setContent({
      'mkdocs.yml': 'site_name: One\nsite_name: Two\n',
      docs: { 'index.md': '# A' },
    });
    await run();
    expect(await published('index.html')).toContain('<title>A - Two</title>');
  });

  it('does not leave the prepared folder', async () => {
    input.setContent({
      'mkdocs.yml': 'docs_dir: ../..',
      docs: { 'index.md': '# A' },
    });
    await expect(run()).rejects.toThrow(/not allowed/i);
  });
});
