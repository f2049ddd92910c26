import fc from 'fast-check';
import { toCsv } from './csv';

/** Reads CSV the way RFC 4180 says, as a spreadsheet would. */
function readCsv(text: string): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  const cell = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n)/gy;
  for (let match = cell.exec(text); match; match = cell.exec(text)) {
    row.push(match[1]?.replaceAll('""', '"') ?? match[2]);
    if (match[3] === '\r\n') {
      rows.push(row);
      row = [];
    }
    if (cell.lastIndex === text.length) break;
  }
  return rows;
}

describe('toCsv', () => {
  it('writes what can be read back, whatever the text', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.array(
            fc.string({
              unit: fc.oneof(
                fc.constantFrom('"', ',', '\r', '\n', '=', ' ', "'"),
                fc.string({ unit: 'grapheme', minLength: 1, maxLength: 1 }),
              ),
            }),
            { minLength: 2, maxLength: 2 },
          ),
        ),
        rows => {
          const read = readCsv(toCsv(['a', 'b'], rows));
          const disarmed = rows.map(cells =>
            cells.map(cell => (/^[=+\-@\t\r]/.test(cell) ? `'${cell}` : cell)),
          );
          expect(read).toEqual([['a', 'b'], ...disarmed]);
        },
      ),
    );
  });

  it.each(['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', '\r=1'])(
    'disarms %j',
    text => {
      expect(readCsv(toCsv(['a'], [[text]]))[1]).toEqual([`'${text}`]);
    },
  );

  it('writes numbers and booleans as they are, and unknown as nothing', () => {
    expect(toCsv(['a', 'b', 'c', 'd'], [[-1.5, true, null, '']])).toBe(
      'a,b,c,d\r\n-1.5,true,,\r\n',
    );
  });
});
