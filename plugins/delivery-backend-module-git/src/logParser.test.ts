import fc from 'fast-check';
import { createLogParser, type CommitRecord } from './logParser';

const text = (options: { minLength?: number } = {}) =>
  fc
    .string({ unit: 'binary', maxLength: 40, ...options })
    .map(value => value.replaceAll('\0', ''));

const sha = fc
  .array(fc.constantFrom(...'0123456789abcdef'), {
    minLength: 40,
    maxLength: 40,
  })
  .map(digits => digits.join(''));

const line = text().map(value => value.replaceAll('\n', ' '));

const record: fc.Arbitrary<CommitRecord> = fc.record({
  sha,
  parents: fc.array(sha, { maxLength: 3 }),
  authored: fc.integer(),
  committed: fc.integer(),
  email: line,
  title: fc.oneof(
    line,
    fc.constantFrom('', '\u0001', ' ', '--output=x', '%x00%H', '\r'),
  ),
  paths: fc.array(
    fc.oneof(
      text({ minLength: 1 }).filter(path => path !== ''),
      fc.constantFrom('\n', '\n\n', '-', 'a b', 'ü/😀', '"'),
    ),
    { maxLength: 3 },
  ),
});

/** The format as git writes it: a model, checked against git itself elsewhere. */
function print(commits: CommitRecord[], withPaths: boolean): Buffer {
  const printed = commits.map(commit => {
    const { parents, authored, committed, email, title } = commit;
    const fields = [
      '',
      commit.sha,
      parents.join(' '),
      authored,
      committed,
      email,
    ];
    const paths = withPaths ? commit.paths ?? [] : [];
    const [first, ...others] = paths;
    return [
      ...fields,
      title,
      ...(first === undefined ? [] : [`\n${first}`, ...others]),
    ].join('\0');
  });
  return Buffer.from(printed.map(commit => `${commit}\0`).join(''));
}

function parse(bytes: Uint8Array, cuts: number[], withPaths: boolean) {
  const parser = createLogParser(withPaths);
  const places = [...cuts.map(cut => cut % (bytes.length + 1)), bytes.length];
  places.sort((a, b) => a - b);
  let from = 0;
  const records: CommitRecord[] = [];
  for (const to of places) {
    records.push(...parser.push(bytes.subarray(from, to)));
    from = to;
  }
  return [...records, ...parser.end()];
}

describe('createLogParser', () => {
  it('reads the same commits wherever the output is cut', () => {
    fc.assert(
      fc.property(
        fc.array(record, { maxLength: 5 }),
        fc.array(fc.nat(), { maxLength: 20 }),
        fc.boolean(),
        (commits, cuts, withPaths) => {
          expect(parse(print(commits, withPaths), cuts, withPaths)).toEqual(
            commits.map(({ paths, ...rest }) =>
              withPaths ? { ...rest, paths } : rest,
            ),
          );
        },
      ),
    );
  });

  it('reads output that is cut after every byte', () => {
    const commits = fc.sample(record, { numRuns: 20, seed: 7 });
    const bytes = print(commits, true);
    expect(parse(bytes, [...bytes.keys()], true)).toEqual(commits);
  });

  const commit: CommitRecord = {
    sha: 'a'.repeat(40),
    parents: [],
    authored: 1,
    committed: 2,
    email: 'a@b',
    title: 'x',
    paths: ['p'],
  };

  it('lists no paths rather than some of them', () => {
    const files = (count: number) =>
      Array.from({ length: count }, (_, i) => `f${i}`);
    const parsed = parse(
      print(
        [
          { ...commit, paths: files(5_000) },
          { ...commit, paths: files(5_001) },
          { ...commit, paths: ['p'.repeat(1_025), 'q'] },
          { ...commit, paths: ['q', 'p'.repeat(200_000)] },
          commit,
        ],
        true,
      ),
      [],
      true,
    );
    expect(parsed.map(({ paths }) => paths?.length)).toEqual([
      5_000,
      undefined,
      undefined,
      undefined,
      1,
    ]);
  });

  it('keeps memory bounded by cutting endless fields', () => {
    const bytes = print([{ ...commit, title: 'x'.repeat(300_000) }], false);
    const cuts = Array.from({ length: 300 }, (_, i) => i * 1_000);
    const [{ title }] = parse(bytes, cuts, false);
    expect(title.length).toBeGreaterThanOrEqual(65_536);
    expect(title.length).toBeLessThan(70_000);
  });

  it('takes times nobody can read for unknown', () => {
    const bytes = Buffer.from(`\0${'a'.repeat(40)}\0\0\0x\0a@b\0t\0`);
    expect(parse(bytes, [], false)).toMatchObject([
      { authored: NaN, committed: NaN },
    ]);
  });

  it.each([
    ['cut off', `\0${'a'.repeat(40)}\0\0`],
    ['unexpected', 'fatal: oh no\0'],
    ['no sha', ['', 'x', '', '1', '1', 'a', 't', ''].join('\0')],
  ])('refuses output that is %s', (message, output) => {
    expect(() => parse(Buffer.from(output), [], false)).toThrow(message);
  });
});
