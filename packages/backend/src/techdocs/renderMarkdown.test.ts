import { HOSTILE_SHAPES, outgrows } from '@internal/hostile-text';
import { renderMarkdown } from './renderMarkdown';

// Thousands of measurements on two busy cores: slow is not broken.
jest.setTimeout(600_000);

/** A page has 1 MiB at most; the soak goes there. */
const LONGEST = process.env.FAWKES_RUNS ? 1_048_576 : 16_384;

describe('headings', () => {
  it('have an anchor and a permanent link', () => {
    const { title, html, headings } = renderMarkdown(
      'index.md',
      '# Größe & `code`\n\n## _Second_ part\n',
    );
    expect(title).toBe('Größe & code');
    expect(html).toBe(
      [
        '<h1 id="große-code" tabindex="-1">Größe &amp; <code>code</code>',
        ' <a class="headerlink" href="#große-code" title="Permanent link">¶</a></h1>\n',
        '<h2 id="second-part" tabindex="-1"><em>Second</em> part',
        ' <a class="headerlink" href="#second-part" title="Permanent link">¶</a></h2>\n',
      ].join(''),
    );
    expect(headings).toEqual([
      { level: 1, id: 'große-code', text: 'Größe & code' },
      { level: 2, id: 'second-part', text: 'Second part' },
    ]);
  });

  it('that are equal have different anchors', () => {
    const { headings } = renderMarkdown(
      'index.md',
      ['a', 'a', 'a-1', 'a', 'a 1', '!', '?']
        .map(text => `# ${text}`)
        .join('\n'),
    );
    const ids = headings.map(({ id }) => id);
    expect(ids).toEqual(['a', 'a-1', 'a-1-1', 'a-2', 'a-1-2', '', '-1']);
  });
});

it('a page takes time in proportion to its length', () => {
  const shapes = [
    ...HOSTILE_SHAPES,
    ...[
      '# a\n',
      '## a b\n',
      '!!! note\n',
      '    ',
      '[a]: b\n',
      '| a | b |\n',
    ].map(line => ({
      name: JSON.stringify(line),
      of: (length: number) => line.repeat(Math.ceil(length / line.length)),
    })),
  ];
  const slow = shapes.flatMap(
    shape =>
      outgrows(text => renderMarkdown('docs/page.md', text), shape, LONGEST) ??
      [],
  );
  expect(slow).toEqual([]);
});
