import fc from 'fast-check';
import {
  DEFAULT_IGNORED,
  DEFAULT_STRUCTURAL,
  isSizePattern,
  sizeOf,
  type DiffFile,
} from './size';

const patterns = { ignored: DEFAULT_IGNORED, structural: DEFAULT_STRUCTURAL };
const file = (path: string, more: Partial<DiffFile> = {}): DiffFile => ({
  path,
  added: 3,
  deleted: 2,
  binary: false,
  ...more,
});
const size = (...files: DiffFile[]) => sizeOf(files, patterns);

it.each<[string, DiffFile[], number, boolean]>([
  ['nothing', [], 0, false],
  ['lines', [file('src/main.ts'), file('README.md')], 10, false],
  ['a pure rename', [file('b.ts', { added: 0, deleted: 0 })], 0, false],
  ['a picture', [file('logo.png', { binary: true, added: 0 })], 100, false],
  ['a lock file', [file('packages/app/yarn.lock')], 0, false],
  ['what is called like one', [file('yarn.lock.ts')], 5, false],
  ['a migration', [file('db/migrations/1.js')], 5, true],
  ['one at the root', [file('migrations/1.js')], 5, true],
  ['SQL', [file('report.sql')], 5, true],
  ['no migration', [file('src/migrations.ts')], 5, false],
  ['a path beyond all names', [file(`${'a/'.repeat(3_000)}x`)], 5, true],
])('%s', (_what, files, changedLines, structural) => {
  expect(size(...files)).toEqual({ changedLines, structural });
});

it('knows its own patterns for some', () => {
  for (const text of [...DEFAULT_IGNORED, ...DEFAULT_STRUCTURAL]) {
    expect(isSizePattern(text)).toBe(true);
  }
  for (const text of ['', '/a', 'a//b', '../a', '{a,b}', 'a'.repeat(257)]) {
    expect(isSizePattern(text)).toBe(false);
  }
});

const files = fc.array(
  fc.record({
    path: fc
      .array(
        fc.constantFrom('a', 'migrations', 'yarn.lock', 'x.sql', 'iam', 'b.ts'),
        { minLength: 1, maxLength: 4 },
      )
      .map(parts => parts.join('/')),
    added: fc.nat(1_000),
    deleted: fc.nat(1_000),
    binary: fc.boolean(),
  }),
);

it('never grows smaller by another file, and is the sum of its parts', () => {
  fc.assert(
    fc.property(files, files, (some, others) => {
      const [one, two] = [size(...some), size(...others)];
      expect(size(...some, ...others)).toEqual({
        changedLines: one.changedLines + two.changedLines,
        structural: one.structural || two.structural,
      });
    }),
  );
});
