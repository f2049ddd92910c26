import { Cell, Column, type ColumnConfig, type TableItem } from '@backstage/ui';
import type { ReactNode } from 'react';
import styles from './table.module.css';

/** @public */
export interface NumericColumnOptions<T extends TableItem> {
  id: string;
  label: string;
  /** What stands in the cell; a {@link NumericCell}, or a plain number. */
  cell: (item: T) => ReactNode;
  /** CSS pixels. */
  minWidth?: number;
  isSortable?: boolean;
}

/**
 * A column of numbers for the table of @backstage/ui: to the right, head and
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
