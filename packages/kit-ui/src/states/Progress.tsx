import { useId, type ReactNode } from 'react';
import styles from './ways.module.css';

/** What {@link Progress} takes. @public */
export interface ProgressProps {
  /** What is going on. */
  label: string;
  /** 0..1 of the whole; left out where nobody knows how much there is. */
  share?: number;
  /** How far it is, in words: "120 of 400". */
  children?: ReactNode;
}

/** How far something has come that takes a while; changes are said aloud. @public */
export function Progress({ label, share, children }: ProgressProps) {
  const id = useId();
  return (
    <div className={styles.progress}>
      <span id={id}>{label}</span>
      <progress aria-labelledby={id} max={1} value={share} />
      <span role="status">{children}</span>
    </div>
  );
}
