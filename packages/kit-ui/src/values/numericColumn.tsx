import { Cell, Column, type ColumnConfig, type TableItem } from '@backstage/ui';
import type { ReactNode } from 'react';
import styles from './table.module.css';

/** What {@link numericColumn} takes. @public */
export interface NumericColumnOptions<T extends TableItem> {
  /** Id of the column, by which it is sorted. */
  id: string;
  /** Its head. */
  label: string;
  /** What stands in the cell; a {@link NumericCell}, or a plain number. */
  cell: (item: T) => ReactNode;
  /** CSS pixels. */
  minWidth?: number;
  /** People may sort by it. */
  isSortable?: boolean;
}

/**
 * A column of numbers for the UI kit's table: to the right, head and
 * all, in figures of one width.
 * @public
 */
export function numericColumn<T extends TableItem>({
  id,
  label,
  cell,
  minWidth,
  isSortable,
}: NumericColumnOptions<T>): ColumnConfig<T> {
  return {
    id,
    label,
    minWidth,
    isSortable,
    header: () => (
      <Column
        id={id}
        minWidth={minWidth}
        allowsSorting={isSortable}
        className={styles.numericHead}
      >
        {label}
      </Column>
    ),
    cell: item => <Cell className={styles.numeric}>{cell(item)}</Cell>,
  };
}
