import { MARKDOWN_LIMITS, markdownFault } from './markdownBounds';

const { characters, block, signs, nesting, beginnings, indent } =
  MARKDOWN_LIMITS;
const words = (length: number) => 'word '.repeat(length).slice(0, length);
const spaces = (length: number) => ' '.repeat(length);

it.each<[string, (of: number) => string, number, line: number]>([
  ['characters', of => 'a\n\n'.repeat(of).slice(0, of), characters, 1],
  // The end of its line belongs to it.
  ['characters without an empty line', of => `a\n\n${words(of - 1)}`, block, 3],
  ['signs without an empty line', of => `a\n\n${'*'.repeat(of)}\nb`, signs, 3],
  ['quotes in a line', of => `a\n${'>'.repeat(of)}b`, nesting, 2],
  ['points of lists in a line', of => `a\n${'1. '.repeat(of)}b`, nesting, 2],
  [
    'points of lists',
    of => '- a\n\n'.repeat(of),
    beginnings,
    2 * beginnings + 1,
  ],
  ['columns before a point', of => `a\n${spaces(of)}- b`, indent, 2],
  [
    'columns of tabs',
    of => `${'\t'.repeat(of / 4)}${spaces(of % 4)}- b`,
    indent,
    1,
  ],
])(
  'takes as many %s as it may, and one more is a fault',
  (_, text, most, line) => {
    expect(markdownFault(text(most))).toBeUndefined();
    expect(markdownFault(text(most + 1))).toEqual({
      line,
      message: expect.stringContaining(String(most)),
    });
  },
);

it('counts anew behind an empty line, however lines end', () => {
  for (const end of ['\n\n', '\r\n \t\r\n', '\r\r']) {
    const text = [words(block - 1), '*'.repeat(signs), 'x'].join(end);
    expect(markdownFault(text)).toBeUndefined();
  }
});

it('takes what only looks like a list', () => {
  const rule = '-'.repeat(80);
  const sum = `${'1.5 '.repeat(20)}\n${'-1 '.repeat(20)}`;
  expect(markdownFault(`${rule}\n\n${sum}\n\n**bold**`)).toBeUndefined();
});
