import { readMarkdown } from './markdown';

it('names headings in any script, each once', () => {
  const { headings } = readMarkdown(
    '## Über uns\n\n## Über uns\n\n### 東京\n\n## !',
  );
  expect(headings.map(({ id }) => id)).toEqual([
    'über-uns',
    'über-uns-2',
    '東京',
    'section',
  ]);
});

it('finds HTML outside of code, also where it is hidden', () => {
  expect(
    readMarkdown('`<b>`\n\n```html\n<b>\n```\n\n<https://x.y>').html,
  ).toEqual([]);
  expect(
    readMarkdown('a <b>x</b>\n\n<!-- c -->\n\n| a |\n| - |\n| <i> |').html,
  ).toEqual([1, 1, 3, 7]);
});

it('finds pictures and links, by reference too', () => {
  const facts = readMarkdown('![one](a.svg) ![two][r] [x][r]\n\n[r]: b.svg');
  expect(facts.images).toEqual([
    { url: 'a.svg', alt: 'one', line: 1 },
    { url: 'b.svg', alt: 'two', line: 1 },
  ]);
  expect(facts.links).toEqual([{ url: 'b.svg', line: 1 }]);
});

it('reads nesting that is as deep as the text is long', () => {
  const begun = performance.now();
  expect(readMarkdown(`${'> '.repeat(2_000)}x`).plain).toBe('x');
  expect(performance.now() - begun).toBeLessThan(5_000);
});
