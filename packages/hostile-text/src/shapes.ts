/** Text of any length in the shape of an attack. */
export interface HostileShape {
  name: string;
  /** Exactly so many UTF-16 code units of it. */
  of(length: number): string;
}

/**
 * What patterns are sensitive to: characters that mean something somewhere,
 * repeated, so that a pattern can divide the run in many ways.
 */
const REPEATED = [
  ...['a', 'A', '0', ' ', '\t', '\n', '\r', '\0', '\u00a0', '\ud800'],
  ...['/', '\\', '.', ':', '@', '?', '#', '%', '&', '=', ';', ',', '~', '^'],
  ...['*', '+', '-', '_', '!', '|', '$', '<', '>', '"', "'", '`'],
  ...['(', ')', '[', ']', '{', '}'],
];

/** The same for what only means something together. */
const ALTERNATING = [
  ...['a/', 'a.', 'a:', 'a@', 'a-', 'a,', 'a ', 'a\n', 'a=', 'aT'],
  ...['//', '**', '**/', '*a', '?a', '*/', '../', './', '.git', '/.git'],
  ...['https://', 'git+', 'pkg:a/', 'a.b:', ':1/', '@a/', '%41', '&#'],
  ...['+(a*)', '(a+)+', '[a-', '{a,', '!(', '\\(', '|a', '()'],
  ...['İ', 'ß', 'ﬃ', '👍', 'e\u0301', 'Σ'],
  ...['T09:00', '2026-', '(#1)', '(#1) ', 'caused-by: ', 'closes #1 '],
  ...['!!! a "', '# a\n', '[a](', '<a ', '- ', '> ', '```\n', '|a', '_a*'],
  ...['refs/heads/', 'component:', 'data: ', '"a":', '\\u0000', '\\"'],
];

/**
 * What stands around a run. A pattern that fails behind it tries it again from
 * every place in it; one that fails before it never meets it.
 */
type Around = readonly [before: string, after: string];
const ALONE: Around = ['', ''];
const WITHIN: Around = ['h/', 'a'];
const BEFORE: Around = ['', '!'];

function shape(unit: string, [before, after]: Around): HostileShape {
  return {
    name: JSON.stringify(`${before}${unit}…${after}`),
    of: length => {
      const room = Math.max(0, length - before.length - after.length);
      const run = unit.repeat(Math.ceil(room / unit.length)).slice(0, room);
      return `${before}${run}${after}`.slice(0, length);
    },
  };
}

/** Runs of a piece, by themselves and beside something else. */
export function shapesOf(
  piece: string,
  around: readonly Around[] = [ALONE, WITHIN, BEFORE],
): HostileShape[] {
  return around.map(place => shape(piece, place));
}

/** Parts that lie in each other, as deep as the text is long. */
function nested(open: string, close: string): HostileShape {
  return {
    name: JSON.stringify(`${open}…${close}`),
    of: length => {
      const depth = Math.floor(length / (open.length + close.length));
      return `${open.repeat(depth)}${close.repeat(depth)}`.padEnd(length, open);
    },
  };
}

/**
 * What everything that reads text somebody else wrote is tried with. Tests of
 * time and the fuzz of the intake share it: whoever finds a new shape adds it
 * here, and it is tried everywhere.
 */
export const HOSTILE_SHAPES: readonly HostileShape[] = [
  ...REPEATED.flatMap(piece => shapesOf(piece)),
  ...ALTERNATING.flatMap(piece => shapesOf(piece, [BEFORE])),
  ...[
    ['(', ')'],
    ['[', ']'],
    ['{', '}'],
    ['<', '>'],
    ['{"a":', '}'],
    ['+(', ')'],
    ['a/', '/..'],
  ].map(([open, close]) => nested(open, close)),
];

/** In how many turns the test suite gets through all shapes. */
const TURNS = 3;
let turn = 0;

/**
 * The shapes that the next place is tried with: in the test suite a third of them,
 * each time the next third, so that neighbouring places share the work; all of
 * them in the soak, where `FAWKES_RUNS` is set.
 */
export function nextShapes(): readonly HostileShape[] {
  if (process.env.FAWKES_RUNS !== undefined) return HOSTILE_SHAPES;
  const now = turn++ % TURNS;
  return HOSTILE_SHAPES.filter((_, index) => index % TURNS === now);
}
