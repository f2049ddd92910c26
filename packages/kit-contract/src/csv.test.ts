import fc from 'fast-check';
import { parse } from 'papaparse';
import { toCsv } from './csv';

describe('toCsv', () => {
  it('writes RFC 4180 with CRLF', () => {
    expect(
      toCsv(
        ['a', 'b'],
        [
          [1, 'x,y'],
          [-2.5, 'say "hi"\n'],
          [null, true],
        ],
      ),
    ).toBe('a,b\r\n1,"x,y"\r\n-2.5,"say ""hi""\n"\r\n,true\r\n');
  });

  it.each([
    '=1+1',
    '+1',
    '-1',
    '@x',
    '\tx',
    '\rx',
    '\n=1',
    '＝1',
    '＋1',
    '－1',
    '＠x',
  ])('disarms %j, which a spreadsheet would run', cell => {
    expect(parse<string[]>(toCsv(['a'], [[cell]])).data[1]).toEqual([
      `'${cell}`,
    ]);
  });

  it.each([';', '\t'])(
    'is one cell where cells are divided by %j, and no formula begins there',
    delimiter => {
      const cell = `a${delimiter}=1+1`;
      const { data } = parse<string[]>(toCsv(['a'], [[cell]]), { delimiter });
      expect(data[1]).toEqual([cell]);
    },
  );

  it('writes a head without rows', () => {
    expect(toCsv(['a', 'b'], [])).toBe('a,b\r\n');
  });

  it('is read back as it was written', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.tuple(
            fc.string().filter(text => !/^[=+\-@\t\r\n＝＋－＠]/.test(text)),
            fc.string(),
          ),
          { minLength: 1 },
        ),
        rows => {
          const tame = rows.map(([a, b]) => [a, `.${b}`]);
          // Said, not guessed: cells full of another divider look as if it were theirs.
          const { data } = parse<string[]>(toCsv(['a', 'b'], tame), {
            delimiter: ',',
            newline: '\r\n',
          });
          expect(data.slice(1, -1)).toEqual(tame);
        },
      ),
    );
  });
});
