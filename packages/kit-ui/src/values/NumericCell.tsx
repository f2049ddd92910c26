import type { ReactNode } from 'react';
import styles from './table.module.css';

/** What {@link NumericCell} takes. @public */
export interface NumericCellProps {
  /** The number in words; `undefined` or `null` where it is unknown. */
  children: ReactNode;
  /** The exact value, or what stands behind it. */
  title?: string;
  /**
   * Which way it goes: an icon that says so to everybody. `null` keeps its
   * place free, so that numbers stand below each other.
   */
  trend?: ReactNode;
  /** A small sign beside it; `null` keeps its place free. */
  chip?: ReactNode;
}

/**
 * A number in a table: the numbers of a column end at one line, and so do
 * trends and signs, whether a row has them or not.
 * @public
 */
export function NumericCell({
  children,
  title,
  trend,
  chip,
}: NumericCellProps) {
  return (
    <span className={styles.numericCell}>
      <span className={styles.figure} title={title}>
        {children}
      </span>
      {trend === undefined ? null : (
        <span className={styles.sign}>{trend}</span>
      )}
      {chip === undefined ? null : <span className={styles.sign}>{chip}</span>}
    </span>
  );
}
