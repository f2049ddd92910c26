/** A token of an expression. */
export interface Token {
  kind: 'name' | 'text' | 'number' | 'mark';
  value: string;
  /** In the expression. */
  offset: number;
}

const NAME_BEGIN = /[A-Za-z_]/;
const NAME_REST = /[A-Za-z0-9_]/;
const DIGIT = /[0-9]/;
const TWO = ['==', '!=', '<=', '>=', '**', '//'];

/** Splits an expression; each character is read once. */
export function tokensOf(source: string): Token[] {
  const tokens: Token[] = [];
  let at = 0;
  const take = (kind: Token['kind'], length: number, value: string) => {
    tokens.push({ kind, value, offset: at });
    at += length;
  };
  while (at < source.length) {
    const character = source[at];
    if (NAME_BEGIN.test(character)) {
      const end = endWhile(source, at, NAME_REST);
      take('name', end - at, source.slice(at, end));
    } else if (DIGIT.test(character)) {
      const end = endWhile(source, at, DIGIT);
      take('number', end - at, source.slice(at, end));
    } else if (character === '"' || character === "'") {
      const { end, value } = quoted(source, at);
      take('text', end - at, value);
    } else if (character.trim() === '') at++;
    else if (['===', '!=='].includes(source.slice(at, at + 3))) {
      take('mark', 3, source.slice(at, at + 3));
    } else if (TWO.includes(source.slice(at, at + 2))) {
      take('mark', 2, source.slice(at, at + 2));
    } else take('mark', 1, character);
  }
  return tokens;
}

function endWhile(source: string, begin: number, pattern: RegExp): number {
  let end = begin;
  while (end < source.length && pattern.test(source[end])) end++;
  return end;
}

function quoted(source: string, begin: number): { end: number; value: string } {
  let value = '';
  let at = begin + 1;
  for (; at < source.length && source[at] !== source[begin]; at++) {
    if (source[at] === '\\') at++;
    value += source[at] ?? '';
  }
  return { end: Math.min(at + 1, source.length), value };
}
