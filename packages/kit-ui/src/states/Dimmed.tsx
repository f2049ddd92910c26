import type { ReactNode } from 'react';
import styles from './states.module.css';

/** Old data stays where it is, dimmed, while new data loads. @public */
export function Dimmed({
  when,
  children,
}: {
  when: boolean;
  children: ReactNode;
}) {
  return (
    <div className={styles.dimmable} data-dimmed={when} aria-busy={when}>
      {children}
    </div>
  );
}
