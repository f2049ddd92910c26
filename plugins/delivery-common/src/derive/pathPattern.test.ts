import fc from 'fast-check';
import { MAX_PATH_PATTERN, readPathPattern } from './pathPattern';

function matches(pattern: string, path: string): boolean {
  const read = readPathPattern(pattern);
  if (!read.ok) throw new Error(`${pattern} ${read.reason}`);
  return read.matches(path);
}

describe('a pattern for paths', () => {
  it.each<[pattern: string, fitting: string[], others: string[]]>([
    // Everything below a folder, and the folder where it is a submodule.
    [
      'services/a/**',
      ['services/a/x', 'services/a/x/y.ts', 'services/a/.env', 'services/a'],
      ['services/ab', 'services/ab/x', 'services', 'x/services/a/y'],
    ],
    ['services/a', ['services/a'], ['services/a/x', 'services/ab']],
    ['libs/*', ['libs/x', 'libs/.x'], ['libs/x/y', 'libs', 'libs/']],
    ['libs/*.ts', ['libs/x.ts', 'libs/.ts'], ['libs/x.tsx', 'libs/a/x.ts']],
    ['*', ['README.md', '.gitignore'], ['src/x', '']],
    ['*.md', ['README.md'], ['docs/README.md', 'README.mdx']],
    ['**', ['README.md', 'a/b/c', '.github/x'], []],
    ['**/*.md', ['README.md', 'a/b/c.md'], ['a/b/c.mdx', 'md']],
    ['**/*', ['README.md', 'a/b'], []],
    ['**/test/**', ['test/x', 'a/b/test/x/y', 'test'], ['a/tests/x']],
    ['a/**/z', ['a/z', 'a/b/z', 'a/b/c/z'], ['az', 'a/bz', 'a/z/b']],
    ['a/**/**/z', ['a/z', 'a/b/c/z'], ['a/bz']],
    ['**/**', ['a', 'a/b'], []],
    // A folder is asked for, so files beside it are not meant.
    ['*/**', ['a/b', 'a/b/c'], ['README.md']],
    ['services/*/**', ['services/a/x'], ['services/README.md']],
    ['services/*/src/**', ['services/a/src/x'], ['services/a/b/src/x']],
    // Within a name, two stars are no more than one.
    ['a**', ['a', 'abc'], ['a/b']],
    ['a**/z', ['a/z', 'ab/z'], ['a/b/z']],
    ['a?c', ['abc', 'a-c', 'a👍c'], ['ac', 'abbc', 'a/c']],
    ['???', ['abc'], ['ab', 'abcd', 'a/b']],
    ['app/?id?/**', ['app/[id]/page.tsx'], ['app/id/page.tsx']],
    ['*a*b*', ['ab', 'xaxbx'], ['ba', 'a/b']],
    ['./src/**', ['src/x'], ['./src/x']],
    ['@acme/ui/**', ['@acme/ui/x'], ['acme/ui/x']],
    ['a|b', ['a|b'], ['a', 'b']],
    ['^a$.b', ['^a$.b'], ['a', 'a.b', '^a$xb']],
    ['ä/**', ['ä/x'], ['a/x', 'Ä/x']],
  ])('%s', (pattern, fitting, others) => {
    const fits = (path: string) => matches(pattern, path);
    expect(fitting.filter(path => !fits(path))).toEqual([]);
    expect(others.filter(fits)).toEqual([]);
  });

  it.each([
    ['holds +', '+(a*)b'],
    ['holds (', '(a+)+b'],
    ['holds [', 'app/[id]/**'],
    ['holds {', 'src/{a'],
    ['holds }', 'b}'],
    ['holds !', '!services/a/**'],
    ['holds \\', 'a\\*'],
    ['holds +', 'c++/**'],
    ['fits no path', '/services/a/**'],
    ['fits no path', 'services/a/'],
    ['fits no path', 'services//a'],
    ['fits no path', '../a/**'],
    ['fits no path', 'a/./b'],
    ['fits no path', ''],
    ['is longer than 256', `${'*a'.repeat(MAX_PATH_PATTERN / 2)}b`],
    ['is longer than 256', 'a'.repeat(70_000)],
  ])('is refused when it %s', (reason, pattern) => {
    expect(readPathPattern(pattern)).toEqual({
      ok: false,
      reason: expect.objectContaining({
        text: expect.stringContaining(reason),
      }),
      advice: expect.objectContaining({
        text: expect.stringMatching(/^[A-Z]/),
      }),
    });
  });

  it('means what trying every way would find', () => {
    const pieces = [
      'a',
      'b',
      'ab',
      '.a',
      '*',
      '**',
      '?',
      'a*',
      '*b',
      '?*',
      '👍',
    ];
    const parts = (from: string[], maxLength: number) =>
      fc
        .array(fc.constantFrom(...from), { minLength: 1, maxLength })
        .map(array => array.join('/'));
    fc.assert(
      fc.property(
        parts(pieces, 5),
        parts(['a', 'b', 'ab', '.a', 'aab', '👍', 'bb'], 6),
        (pattern, path) => {
          expect([pattern, path, matches(pattern, path)]).toEqual([
            pattern,
            path,
            triedEveryWay(pattern.split('/'), path.split('/')),
          ]);
        },
      ),
      { numRuns: 5_000 },
    );
  });

  it('is exact at the edges of words of 32 characters', () => {
    for (let length = 1; length <= 200; length++) {
      const name = 'x'.repeat(length);
      expect(matches(name, name)).toBe(true);
      expect(matches(name, `${name}x`)).toBe(false);
      expect(matches(name, name.slice(1))).toBe(false);
      expect(matches(`${name}/**/z`, `${name}/z`)).toBe(true);
      expect(matches(`${name}/**/z`, `${name}/a/z`)).toBe(true);
      expect(matches(`${name}*`, `${name}yy`)).toBe(true);
      expect(matches(`*${name}`, `x${name}`)).toBe(true);
    }
  });
});

/** Whether parts of a path fit parts of a pattern, by looking at all ways. */
function triedEveryWay(pattern: string[], path: string[]): boolean {
  const [part, ...others] = pattern;
  if (part === undefined) return path.length === 0;
  if (part === '**') {
    if (others.length === 0) return true;
    return path
      .concat('')
      .some((_, taken) => triedEveryWay(others, path.slice(taken)));
  }
  // Before a last `**`, a name that ends with a star asks for a folder.
  const needsFolder =
    part.endsWith('*') && others.length > 0 && others.every(o => o === '**');
  return (
    path.length > (needsFolder ? 1 : 0) &&
    nameFits([...part], [...path[0]]) &&
    triedEveryWay(others, path.slice(1))
  );
}

function nameFits(pattern: string[], name: string[]): boolean {
  const [first, ...others] = pattern;
  if (first === undefined) return name.length === 0;
  if (first === '*') {
    return name
      .concat('')
      .some((_, taken) => nameFits(others, name.slice(taken)));
  }
  return (
    name.length > 0 &&
    (first === '?' || first === name[0]) &&
    nameFits(others, name.slice(1))
  );
}
