/** What a text in Markdown may be at most; parsers need time by the square of each. @public */
export const MARKDOWN_LIMITS = {
  /** Characters of a text. */
  characters: 65_536,
  /** Characters without an empty line between them. */
  block: 8_000,
  /** Signs without an empty line between them that may begin or end something. */
  signs: 800,
  /** Quotes and points of lists that one line begins. */
  nesting: 8,
  /** Quotes and points of lists that a text begins. */
  beginnings: 1_000,
  /** Columns before the point of a list. */
  indent: 48,
} as const;

/** Why a text is not read, and where. @public */
export interface MarkdownFault {
  /** From 1 on. */
  line: number;
  /** What is wrong and what to do. */
  message: string;
}

const SIGNS = new Set('[]()<>*_~`!&:@');
const EMPTY = /^[ \t]*$/;
/** The next thing that a line begins: room, a quote, or a point of a list. */
const BEGINNING = /[ \t]+|>|(?:[-+*]|\d{1,9}[.)])(?=[ \t]|$)/y;

/**
 * What of a text would keep the parser busy for longer than its length is worth;
 * undefined where nothing does.
 */
export function markdownFault(markdown: string): MarkdownFault | undefined {
  const { characters, block, signs, beginnings } = MARKDOWN_LIMITS;
  if (markdown.length > characters) {
    return {
      line: 1,
      message: `is longer than ${characters} characters; divide it`,
    };
  }
  let length = 0;
  let found = 0;
  let first = 1;
  let begun = 0;
  for (const [index, line] of markdown.split(/\r\n|\n|\r/).entries()) {
    if (EMPTY.test(line)) {
      length = 0;
      found = 0;
      first = index + 2;
      continue;
    }
    const { depth, column } = beginningOf(line);
    const at = { line: index + 1 };
    if (depth > MARKDOWN_LIMITS.nesting) {
      const message = `begins more than ${MARKDOWN_LIMITS.nesting} quotes and lists in one line; write fewer`;
      return { ...at, message };
    }
    if (column > MARKDOWN_LIMITS.indent) {
      const message = `begins a quote or a list behind ${MARKDOWN_LIMITS.indent} columns; nest less`;
      return { ...at, message };
    }
    begun += depth;
    if (begun > beginnings) {
      const message = `goes beyond ${beginnings} quotes and points of lists in one text; divide it`;
      return { ...at, message };
    }
    length += line.length + 1;
    for (const sign of line) if (SIGNS.has(sign)) found++;
    if (length > block) {
      const message = `has more than ${block} characters without an empty line; divide them`;
      return { line: first, message };
    }
    if (found > signs) {
      const message = `has more than ${signs} signs of Markdown without an empty line; divide them`;
      return { line: first, message };
    }
  }
  return undefined;
}

/** How many quotes and lists a line begins, and at which column the last one. */
function beginningOf(line: string): { depth: number; column: number } {
  let depth = 0;
  let column = 0;
  let at = 0;
  BEGINNING.lastIndex = 0;
  for (let found = BEGINNING.exec(line); found; found = BEGINNING.exec(line)) {
    const [piece] = found;
    if (piece.trim() !== '') {
      depth++;
      column = at;
    }
    at = columnAfter(piece, at);
  }
  return { depth, column };
}

/** Tabs go on to the next fourth column. */
function columnAfter(piece: string, before: number): number {
  let column = before;
  for (const sign of piece) column += sign === '\t' ? 4 - (column % 4) : 1;
  return column;
}
