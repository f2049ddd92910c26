import fc from 'fast-check';
import { HOSTILE_SHAPES, outgrows } from '@internal/hostile-text';
import { repositorySchema } from './primitives';
import { bareRepository, normaliseRepository } from './repositoryName';

const numRuns = Number(process.env.FAWKES_RUNS ?? 2_000);

/** What can be taken off, and what it can be taken off from. */
const pieces = fc.constantFrom(
  ...['acme', 'a.b', 'git.acme.io', '/', ':', '@', '.git', '//', 'https://'],
  ...[':22/', '?', '#', 'İ', '.', '://', '22', 'a', '-', 'Σ', 'ς'],
);
const spelling = fc.oneof(
  fc.array(pieces, { maxLength: 10 }).map(parts => parts.join('')),
  fc.string({ unit: 'grapheme', maxLength: 20 }),
);

/**
 * The same, one thing after the other on a copy of the text, until nothing
 * changes: short, and its time grows by the square.
 */
function stepByStep(repository: string): string {
  const bare = repository
    .trim()
    .toLowerCase()
    .replace(/^[a-z][a-z0-9+.-]*:\/\//, '')
    .replace(/^[^/@]*@/, '')
    .replace(/^([^/:]+\.[^/:]+):(?!\d+\/)/, '$1/')
    .replace(/[?#].*$/, '')
    .replace(/\/+$/, '')
    .replace(/\.git$/, '')
    .replace(/^\/+/, '');
  return bare === repository ? bare : stepByStep(bare);
}

describe('repositories', () => {
  it.each([
    ['acme/shop', 'github.com/acme/shop'],
    ['Acme/Shop.git', 'github.com/acme/shop'],
    ['https://github.com/acme/shop', 'github.com/acme/shop'],
    ['https://user:token@github.com/acme/shop.git/', 'github.com/acme/shop'],
    ['git@github.com:acme/shop.git', 'github.com/acme/shop'],
    ['ssh://git@git.acme.io:2222/acme/shop', 'git.acme.io:2222/acme/shop'],
    ['git.acme.io/group/sub/shop?ref=main', 'git.acme.io/group/sub/shop'],
    ['localhost/acme/shop', 'localhost/acme/shop'],
    ['shop', 'github.com/shop'],
    ['acme/shop.git.git', 'github.com/acme/shop'],
    ['  acme/shop ', 'github.com/acme/shop'],
  ])('%s is %s', (text, name) => {
    expect(normaliseRepository(text)).toBe(name);
  });

  it('have one spelling: spelt again, it stays', () => {
    fc.assert(
      fc.property(
        spelling,
        fc.constantFrom('github.com', 'git.acme.io:8443'),
        (text, host) => {
          fc.pre(repositorySchema.safeParse(text).success);
          const once = normaliseRepository(text, host);
          expect(normaliseRepository(once, host)).toBe(once);
          expect(normaliseRepository(once, 'elsewhere.org')).toBe(once);
        },
      ),
      { numRuns },
    );
  });

  it('are spelt as taking one thing off after the other spells them', () => {
    const name = fc.stringMatching(/^[A-Za-z0-9][A-Za-z0-9._-]{0,20}$/);
    const normal = fc
      .record({
        scheme: fc.constantFrom('', 'https://', 'ssh://', 'git+ssh://'),
        user: fc.constantFrom('', 'git@', 'user:token@'),
        host: fc.constantFrom('', 'github.com/', 'git.acme.io:22/', 'h.io:'),
        path: fc.array(name, { minLength: 1, maxLength: 4 }),
        end: fc.constantFrom('', '.git', '/', '.git/', '?ref=a/b@c', '#x', ' '),
      })
      .map(({ scheme, user, host, path, end }) =>
        [scheme, user, host, path.join('/'), end].join(''),
      );
    fc.assert(
      fc.property(fc.oneof(normal, spelling), text => {
        // Text with white space within is no name and is refused before.
        fc.pre(!/\s/.test(text.trim()));
        expect([text, bareRepository(text)]).toEqual([text, stepByStep(text)]);
      }),
      { numRuns: numRuns * 5 },
    );
  });

  it('are read in one pass', () => {
    const slow = HOSTILE_SHAPES.flatMap(
      shape => outgrows(text => normaliseRepository(text), shape, 65_536) ?? [],
    );
    expect(slow).toEqual([]);
  });
});
