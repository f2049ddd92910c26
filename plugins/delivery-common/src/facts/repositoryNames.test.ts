import fc from 'fast-check';
import {
  nameRows,
  RepositoryNames,
  type FormerName,
  type Naming,
} from './repositoryNames';

/** `a > b @ 3`: what was a is b since 3; `> b @ 3`: b was created then. */
const read = (text: string): Naming => {
  const [, formerly, repository, at] = /^(\w*) ?> (\w+) @ (\d+)$/.exec(text)!;
  return { formerly: formerly || null, repository, at: Number(at) };
};
const names = (told: string[], former: FormerName[] = []) =>
  new RepositoryNames(nameRows(told.map(read), former));

describe('names of repositories', () => {
  it('mean themselves as long as nobody says otherwise', () => {
    expect(names([]).isEmpty).toBe(true);
    expect(names(['> a @ 1', 'a > a @ 2', '> a @ 3']).isEmpty).toBe(true);
    expect(names([]).at('a', 1)).toBe('a');
  });

  it('go on meaning what is called otherwise, whenever something is told', () => {
    const told = names(['a > b @ 5', 'b > c @ 8']);
    for (const at of [1, 5, 7, 9]) {
      expect(['a', 'b', 'c'].map(name => told.at(name, at))).toEqual([
        'c',
        'c',
        'c',
      ]);
    }
  });

  it('mean what takes them after they were given up', () => {
    const told = names(['> a @ 1', 'a > b @ 5', '> a @ 7', 'x > a @ 9']);
    expect(told.at('a', 1)).toBe('b');
    // Nobody has taken it yet: a sender who does not know of the new name.
    expect(told.at('a', 6)).toBe('b');
    expect(told.at('a', 7)).toBe('a');
    expect(told.now('a')).toBe('a');
    expect(told.now('b')).toBe('b');
    expect(told.now('x')).toBe('a');
  });

  it('are taken back by the repository that had them', () => {
    const told = names(['a > b @ 5', 'b > a @ 8']);
    expect([told.at('a', 1), told.at('a', 9), told.at('b', 6)]).toEqual([
      'a',
      'a',
      'a',
    ]);
  });

  it('are given up once: what is told later is of another one', () => {
    const told = names(['a > b @ 5', 'a > c @ 8']);
    expect([told.now('a'), told.now('b'), told.now('c')]).toEqual([
      'b',
      'b',
      'c',
    ]);
  });

  it('are exchanged at one instant', () => {
    const told = names(['a > t @ 3', 'b > a @ 4', 't > b @ 4']);
    expect([told.at('a', 1), told.at('a', 4)]).toEqual(['b', 'a']);
    expect(told.at('b', 1)).toBe('a');
  });

  const old = { formerly: 'old', repository: 'a' };

  it('mean what was written down, whatever the time', () => {
    const told = names(['a > b @ 5'], [old]);
    expect([told.at('old', 1), told.now('old')]).toEqual(['b', 'b']);
    // Written down by several.
    expect(names([], [old, old]).now('old')).toBe('a');
  });

  it('mean the first repository that had them, where one was written down', () => {
    const told = names(['old > a @ 5', '> old @ 7'], [old]);
    expect([told.at('old', 1), told.now('old')]).toEqual(['a', 'old']);
    // Only that it was created is not that it was given up before.
    expect(names(['> old @ 7'], [old]).now('old')).toBe('a');
  });

  it('mean themselves where what was written down contradicts itself', () => {
    const other = { formerly: 'old', repository: 'b' };
    expect(names([], [old, other]).isEmpty).toBe(true);
    // What was told is stronger.
    expect(names(['old > c @ 1'], [old]).now('old')).toBe('c');
  });

  it('come to an end in a circle', () => {
    const back = { formerly: 'a', repository: 'old' };
    const told = names([], [old, back]);
    expect([told.now('old'), told.now('a')]).toEqual(['old', 'old']);
  });

  const name = fc.constantFrom('a', 'b', 'c', 'd');
  const naming = fc.record({
    formerly: fc.option(name),
    repository: name,
    at: fc.nat(6),
  });
  const written = fc.record({ formerly: name, repository: name });

  it('mean the same in whatever order they are told, and how often', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(naming, fc.nat()), { maxLength: 8 }),
        fc.array(fc.tuple(written, fc.nat()), { maxLength: 3 }),
        (told, former) => {
          const shuffled = <T>(list: ReadonlyArray<[T, number]>) =>
            [...list, ...list.slice(0, 2)]
              .sort((a, b) => a[1] - b[1])
              .map(([one]) => one);
          expect(nameRows(shuffled(told), shuffled(former))).toEqual(
            nameRows(
              told.map(([one]) => one),
              former.map(([one]) => one),
            ),
          );
        },
      ),
    );
  });

  it('are kept under a name that means itself', () => {
    fc.assert(
      fc.property(
        fc.array(naming, { maxLength: 8 }),
        fc.array(written, { maxLength: 3 }),
        (told, former) => {
          const meant = new RepositoryNames(nameRows(told, former));
          for (const one of ['a', 'b', 'c', 'd']) {
            const kept = meant.now(one);
            expect(meant.now(kept)).toBe(kept);
          }
        },
      ),
    );
  });
});
