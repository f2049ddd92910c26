import { templateTags, type TemplateTag } from './expressions';
import { tokensOf, type Token } from './tokens';

/** A name that a template reads: `values.owner` is root `values`, path `['owner']`. @public */
export interface Reference {
  /** The first name. */
  root: string;
  /** The names below it. */
  path: string[];
  /**
   * Whether it is fine for it to be missing: it is compared, tested, given a
   * default, or stands in a branch that asks for it or is never taken.
   */
  guarded: boolean;
  /** Where it begins in the text, in UTF-16 code units. */
  offset: number;
}

const WORDS = new Set(
  'and or not if else elif endif for endfor in is set endset macro endmacro call endcall filter endfilter true false none null True False None switch case default endswitch'.split(
    ' ',
  ),
);
const GLOBALS = new Set(['range', 'cycler', 'joiner', 'loop', 'caller']);
const COMPARING = new Set(
  '== != === !== < > <= >= and or is in not if'.split(' '),
);

/** What the open branches ask for, counted, so that their depth costs nothing. */
class Branches {
  private readonly asked = new Map<string, number>();
  private readonly open: { keys: string[]; dead: boolean }[] = [];
  private dead = 0;

  begin(): void {
    this.open.push({ keys: [], dead: false });
  }

  /** The branch in hand asks for these, and is or is not taken. */
  ask(keys: string[], dead: boolean): void {
    const branch = this.open[this.open.length - 1];
    if (!branch) return;
    this.dead += Number(dead) - Number(branch.dead);
    branch.dead = dead;
    for (const key of keys) {
      branch.keys.push(key);
      this.asked.set(key, (this.asked.get(key) ?? 0) + 1);
    }
  }

  end(): void {
    const branch = this.open.pop();
    if (!branch) return;
    this.dead -= Number(branch.dead);
    for (const key of branch.keys) {
      this.asked.set(key, (this.asked.get(key) ?? 1) - 1);
    }
  }

  covers(key: string): boolean {
    return this.dead > 0 || (this.asked.get(key) ?? 0) > 0;
  }
}

/**
 * What the expressions of a text read, without the names it makes itself by
 * `set`, `for` and `macro`.
 * @public
 */
export function referencesOf(text: string): Reference[] {
  return referencesIn(templateTags(text));
}

/** The same, of tags that were found already. @public */
export function referencesIn(tags: readonly TemplateTag[]): Reference[] {
  const own = namesMadeIn(tags);
  const branches = new Branches();
  const found: Reference[] = [];
  for (const tag of tags) {
    const tokens = tokensOf(tag.source).filter(
      ({ kind, value }, index, all) =>
        // The dashes of `{%- … -%}`.
        kind !== 'mark' ||
        value !== '-' ||
        (index > 0 && index < all.length - 1),
    );
    const keyword =
      tag.kind === 'statement' && tokens[0]?.kind === 'name'
        ? tokens[0].value
        : undefined;
    // The `in` of a loop compares nothing.
    const read =
      keyword === 'for'
        ? tokens.slice(tokens.findIndex(({ value }) => value === 'in') + 1)
        : tokens;
    const here = readIn(read).filter(
      ({ root }) => !own.has(root) && !GLOBALS.has(root),
    );
    const tests = keyword === 'if' || keyword === 'elif';
    if (keyword === 'endif') branches.end();
    if (keyword === 'if') branches.begin();
    if (tests) {
      branches.ask(
        here.map(keyOf),
        tokens.length === 2 && tokens[1].value === 'false',
      );
    } else if (keyword === 'else') branches.ask([], false);
    for (const reference of here) {
      const guarded =
        reference.guarded || tests || branches.covers(keyOf(reference));
      found.push({
        ...reference,
        guarded,
        offset: tag.offset + reference.offset,
      });
    }
  }
  return found;
}

function keyOf({ root, path }: Reference): string {
  return JSON.stringify([root, ...path]);
}

function namesMadeIn(tags: readonly TemplateTag[]): Set<string> {
  const own = new Set<string>();
  for (const { kind, source } of tags) {
    if (kind !== 'statement') continue;
    const tokens = tokensOf(source).filter(
      token => token.kind !== 'mark' || token.value !== '-',
    );
    const keyword = tokens[0]?.value;
    if (!['set', 'for', 'macro'].includes(keyword)) continue;
    for (const { kind: what, value } of tokens.slice(1)) {
      if (value === '=' || value === 'in') break;
      if (what === 'name') own.add(value);
    }
  }
  return own;
}

/** The names an expression begins a path with. */
function readIn(tokens: readonly Token[]): Reference[] {
  const found: Reference[] = [];
  for (let at = 0; at < tokens.length; at++) {
    const token = tokens[at];
    const before = tokens[at - 1];
    const after = tokens[at + 1];
    if (
      token.kind !== 'name' ||
      WORDS.has(token.value) ||
      // A filter, a test, a key of an object, a named argument.
      (before?.kind === 'mark' && ['.', '|'].includes(before.value)) ||
      before?.value === 'is' ||
      (before?.value === 'not' && tokens[at - 2]?.value === 'is') ||
      (after?.kind === 'mark' && [':', '='].includes(after.value))
    ) {
      continue;
    }
    const { path, next } = pathFrom(tokens, at + 1);
    const called = tokens[next]?.value === '(';
    found.push({
      root: token.value,
      path: called ? path.slice(0, -1) : path,
      guarded: isGuarded(before, tokens[next], tokens[next + 1]),
      offset: token.offset,
    });
  }
  return found;
}

/** `.name`, `["name"]` and `[0]`; what is worked out ends the path. */
function pathFrom(tokens: readonly Token[], begin: number) {
  const path: string[] = [];
  let next = begin;
  for (;;) {
    const [one, two, three] = tokens.slice(next, next + 3);
    if (one?.value === '.' && two?.kind === 'name') {
      path.push(two.value);
      next += 2;
    } else if (
      one?.kind === 'mark' &&
      one.value === '[' &&
      (two?.kind === 'text' || two?.kind === 'number') &&
      three?.value === ']'
    ) {
      path.push(two.value);
      next += 3;
    } else return { path, next };
  }
}

function isGuarded(before?: Token, after?: Token, behind?: Token): boolean {
  const compared = [before, after].some(
    token =>
      token !== undefined &&
      token.kind !== 'text' &&
      COMPARING.has(token.value) &&
      // `x if …` tests what follows, not `x`.
      (token !== after || token.value !== 'if'),
  );
  return (
    compared ||
    (after?.value === '|' && ['default', 'd'].includes(behind?.value ?? ''))
  );
}
