import { unparse } from 'papaparse';

/** What a cell may hold; `null` is an empty one. @public */
export type CsvCell = string | number | boolean | null;

/**
 * A cell beginning with one of these is a formula to a spreadsheet (OWASP), in
 * their full-width forms too.
 */
const FORMULA = /^[=+\-@\t\r\n＝＋－＠]/;

/** Where lists are written with semicolons, a spreadsheet divides cells by them. */
const DIVIDED_ELSEWHERE = /[;\t|]/;

/**
 * A table as RFC 4180 text, with CRLF after every row. Text that a spreadsheet
 * would run as a formula is disarmed; numbers stay numbers, negative ones too.
 * @public
 */
export function toCsv(
  head: readonly string[],
  rows: readonly (readonly CsvCell[])[],
): string {
  const text = unparse([[...head], ...rows.map(row => row.map(disarm))], {
    newline: '\r\n',
    quotes: cell => typeof cell === 'string' && DIVIDED_ELSEWHERE.test(cell),
  });
  return `${text}\r\n`;
}

function disarm(cell: CsvCell): CsvCell {
  return typeof cell === 'string' && FORMULA.test(cell) ? `'${cell}` : cell;
}
