import { toCsv as tableToCsv } from '@fawkes/kit-contract';

/**
 * A column of the table behind a chart or a view: words for people, raw values
 * for the download.
 * @public
 */
export interface DataColumn<Row> {
  /** Tells columns apart. */
  key: string;
  /** Head of the column as people read it. */
  header: string;
  /** Head of the column in the file, with its unit: `lead_p50_seconds`. */
  csvHeader: string;
  /** The cell as people read it. */
  text: (row: Row) => string;
  /** The cell as it is in the file; `null` where unknown. */
  raw: (row: Row) => string | number | null;
  /** Numbers are aligned to the right. */
  numeric?: boolean;
}

/**
 * The rows as RFC 4180 text. Unknown values are empty, text that a
 * spreadsheet would run as a formula is quoted.
 * @public
 */
export function toCsv<Row>(
  columns: readonly DataColumn<Row>[],
  rows: readonly Row[],
): string {
  return tableToCsv(
    columns.map(column => column.csvHeader),
    rows.map(row => columns.map(column => column.raw(row))),
  );
}
