import type { ReactNode } from 'react';
import { useContainerWidth } from './useContainerWidth';
import styles from './table.module.css';

/** What {@link TableOrList} takes. @public */
export interface TableOrListProps {
  /**
   * The width the table needs, in CSS pixels: the sum of what its columns need.
   * Narrower than that, it would be cut or hide behind a scroll bar.
   */
  tableFrom: number;
  /** Drawn where there is room. */
  table: () => ReactNode;
  /** The same, where there is not. */
  list: () => ReactNode;
}

/**
 * A table where it has room, a list where it has not. What counts is the room
 * around it and not the window: a sidebar or a card takes some of that away.
 * @public
 */
export function TableOrList({ tableFrom, table, list }: TableOrListProps) {
  const [ref, width] = useContainerWidth();
  const isTable = width === undefined || width >= tableFrom;
  return (
    <div ref={ref} className={styles.container}>
      {isTable ? table() : list()}
    </div>
  );
}
