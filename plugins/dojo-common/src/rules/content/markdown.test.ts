import fc from 'fast-check';
import { readMarkdown, slugOf } from './markdown';

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

it('reads nothing of what would keep it busy', () => {
  expect(readMarkdown(`a\n${'> '.repeat(9)}x`)).toEqual({
    headings: [],
    images: [],
    html: [],
    links: [],
    fences: [],
    plain: '',
    fault: {
      line: 2,
      message: 'begins more than 8 quotes and lists in one line; write fewer',
    },
  });
});

it('never calls two headings alike, however they repeat', () => {
  const taken = new Map<string, number>();
  expect(
    ['a', 'a', 'a 2', 'a', 'a 2'].map(text => slugOf(text, taken)),
  ).toEqual(['a', 'a-2', 'a-2-2', 'a-3', 'a-2-3']);
  const text = fc.stringMatching(/^[ab] ?[12-]{0,4}$/);
  fc.assert(
    fc.property(fc.array(text, { maxLength: 40 }), texts => {
      const known = new Map<string, number>();
      const ids = texts.map(each => slugOf(each, known));
      expect(new Set(ids).size).toBe(texts.length);
    }),
  );
});
