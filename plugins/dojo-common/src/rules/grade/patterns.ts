import { RE2JS } from 're2js';

/** Programs that are larger take too long, however short their pattern. */
const LARGEST_PROGRAM = 500;
const LONGEST_PATTERN = 1_000;

/** Why a pattern is not run; undefined where it may be. @public */
export function patternFault(pattern: string): string | undefined {
  if (pattern.length > LONGEST_PATTERN) {
    return `is longer than ${LONGEST_PATTERN} characters`;
  }
  if (hasNestedRepeat(pattern)) {
    return 'has a repeat that holds another or an alternation';
  }
  try {
    const size = RE2JS.compile(pattern).programSize();
    return size > LARGEST_PROGRAM ? 'is too large to be run' : undefined;
  } catch {
    return 'is not RE2 syntax (which has no look-around and no back-reference)';
  }
}

/**
 * Whether a pattern matches the whole text, in time that grows with its length.
 *
 * @throws what RE2 throws for a pattern that {@link patternFault} refuses
 * @public
 */
export function matchesWhole(pattern: string, text: string): boolean {
  return RE2JS.compile(pattern).testExact(text);
}

interface Group {
  repeats: boolean;
  alternates: boolean;
}

/**
 * A repeat, unbounded or more than twenty times, that holds another or an
 * alternation. Reads the pattern once; whether it is valid is for RE2 to say.
 */
function hasNestedRepeat(pattern: string): boolean {
  const open: Group[] = [{ repeats: false, alternates: false }];
  let last: Group | undefined;
  for (let at = 0; at < pattern.length; at++) {
    const char = pattern[at];
    const here = open[open.length - 1];
    if (char === '\\') {
      at++;
      last = undefined;
    } else if (char === '[') {
      at = endOfClass(pattern, at);
      last = undefined;
    } else if (char === '(') {
      open.push({ repeats: false, alternates: false });
    } else if (char === ')' && open.length > 1) {
      last = open.pop()!;
      const around = open[open.length - 1];
      around.repeats ||= last.repeats;
      around.alternates ||= last.alternates;
    } else if (char === '|') {
      here.alternates = true;
      last = undefined;
    } else {
      const repeat = repeatAt(pattern, at);
      if (repeat?.many) {
        if (last && (last.repeats || last.alternates)) return true;
        here.repeats = true;
      }
      if (repeat) at = repeat.end;
      else last = undefined;
    }
  }
  return false;
}

function endOfClass(pattern: string, start: number): number {
  let at = start + 1;
  if (pattern[at] === '^') at++;
  if (pattern[at] === ']') at++;
  while (at < pattern.length && pattern[at] !== ']') {
    at += pattern[at] === '\\' ? 2 : 1;
  }
  return at;
}

const COUNTED = /\{(\d{1,6})(,)?(\d{1,6})?\}/y;

function repeatAt(
  pattern: string,
  at: number,
): { many: boolean; end: number } | undefined {
  const char = pattern[at];
  if (char === '*' || char === '+') return { many: true, end: at };
  if (char === '?') return { many: false, end: at };
  if (char !== '{') return undefined;
  COUNTED.lastIndex = at;
  const found = COUNTED.exec(pattern);
  if (!found) return undefined;
  const [all, least, comma, most] = found;
  const unbounded = comma !== undefined && most === undefined;
  const many = unbounded || Number(most ?? least) > 20;
  return { many, end: at + all.length - 1 };
}
