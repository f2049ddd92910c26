/** Columns of the page's grid. */
export const COLUMNS = 12;

/**
 * Widens cards so that every row of the grid is full: the columns a row has left over go to its
 * cards in turn.
 *
 * @param widths - columns each card asks for, 1 to {@link COLUMNS}, in reading order
 */
export function fillRows(widths: number[]): number[] {
  const rows: number[][] = [];
  let used = Infinity;
  for (const width of widths) {
    if (used + width > COLUMNS) {
      rows.push([]);
      used = 0;
    }
    rows[rows.length - 1].push(width);
    used += width;
  }
  return rows.flatMap(row => {
    const left = COLUMNS - row.reduce((sum, width) => sum + width, 0);
    const share = Math.floor(left / row.length);
    const extra = left % row.length;
    return row.map((width, i) => width + share + (i < extra ? 1 : 0));
  });
}
