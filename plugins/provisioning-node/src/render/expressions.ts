/** A tag of the template language, found in a text. @public */
export interface TemplateTag {
  /** `output` is `${{ … }}`, `statement` is `{% … %}`. */
  kind: 'output' | 'statement';
  /** What stands between its marks. */
  source: string;
  /** Where `source` begins in the text, in UTF-16 code units. */
  offset: number;
}

const OPENINGS = [
  { open: '${{', close: '}}', kind: 'output' },
  { open: '{%', close: '%}', kind: 'statement' },
  { open: '{#', close: '#}', kind: 'comment' },
] as const;

/**
 * The tags of a text, in order. What `raw` and `verbatim` keep is text, comments
 * are none of it. Reads each character once; a tag without an end is left to the
 * engine, which refuses it.
 * @public
 */
export function templateTags(text: string): TemplateTag[] {
  const tags: TemplateTag[] = [];
  let at = 0;
  while (at < text.length) {
    const opening = openingAt(text, at);
    if (!opening) {
      at++;
      continue;
    }
    const begin = at + opening.open.length;
    const end =
      opening.kind === 'comment'
        ? text.indexOf(opening.close, begin)
        : endOfTag(text, begin, opening.close);
    if (end < 0) return tags;
    at = end + opening.close.length;
    if (opening.kind === 'comment') continue;
    const source = text.slice(begin, end);
    const kept = opening.kind === 'statement' && keptBy(source);
    if (kept) at = endOfKept(text, at, kept);
    else tags.push({ kind: opening.kind, source, offset: begin });
  }
  return tags;
}

/** The mark that begins a tag at a place. */
function openingAt(text: string, at: number) {
  return OPENINGS.find(({ open }) => text.startsWith(open, at));
}

/** The end mark outside quotes; -1 where there is none. */
function endOfTag(text: string, begin: number, close: string): number {
  let quote = '';
  for (let at = begin; at < text.length; at++) {
    const character = text[at];
    if (quote) {
      if (character === '\\') at++;
      else if (character === quote) quote = '';
    } else if (character === '"' || character === "'") quote = character;
    else if (text.startsWith(close, at)) return at;
  }
  return -1;
}

/** `raw` or `verbatim`, where a statement begins such a block. */
function keptBy(source: string): string | undefined {
  const word = source.split('-').join('').trim();
  return word === 'raw' || word === 'verbatim' ? word : undefined;
}

/** Behind the statement that ends a block of kept text. */
function endOfKept(text: string, begin: number, word: string): number {
  let at = begin;
  for (;;) {
    const open = text.indexOf('{%', at);
    const end = open < 0 ? -1 : text.indexOf('%}', open);
    if (end < 0) return text.length;
    at = end + 2;
    if (
      text
        .slice(open + 2, end)
        .split('-')
        .join('')
        .trim() === `end${word}`
    ) {
      return at;
    }
  }
}

/** Line of an offset, from 1. @public */
export function lineAt(text: string, offset: number): number {
  let line = 1;
  for (
    let at = text.indexOf('\n');
    at >= 0 && at < offset;
    at = text.indexOf('\n', at + 1)
  ) {
    line++;
  }
  return line;
}

/** The same for many offsets of a text: its lines are looked for once. @public */
export function linesIn(text: string): (offset: number) => number {
  const ends: number[] = [];
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) {
    ends.push(at);
  }
  return offset => {
    let low = 0;
    let high = ends.length;
    while (low < high) {
      const middle = Math.floor((low + high) / 2);
      if (ends[middle] < offset) low = middle + 1;
      else high = middle;
    }
    return low + 1;
  };
}
