import type { DataColumn } from './csv';
import { focusRing } from '../values/focus';
import styles from './charts.module.css';

/** The plain table behind a chart. */
export function DataTable<Row>({
  caption,
  columns,
  rows,
  rowKey,
  onSelectRow,
}: {
  caption: string;
  columns: readonly DataColumn<Row>[];
  rows: readonly Row[];
  rowKey: (row: Row) => string;
  /** Drill-down; makes the first cell of each row a button. */
  onSelectRow?: (row: Row) => void;
}) {
  return (
    <table className={styles.dataTable}>
      <caption className={styles.caption}>{caption}</caption>
      <thead>
        <tr>
          {columns.map(column => (
            <th key={column.key} scope="col" data-numeric={column.numeric}>
              {column.header}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map(row => (
          <tr key={rowKey(row)}>
            {columns.map((column, index) =>
              index === 0 ? (
                <th key={column.key} scope="row">
                  {onSelectRow ? (
                    <button
                      type="button"
                      className={`${styles.rowButton} ${focusRing}`}
                      onClick={() => onSelectRow(row)}
                    >
                      {column.text(row)}
                    </button>
                  ) : (
                    column.text(row)
                  )}
                </th>
              ) : (
                <td key={column.key} data-numeric={column.numeric}>
                  {column.text(row)}
                </td>
              ),
            )}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
