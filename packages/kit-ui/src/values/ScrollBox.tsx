import type { ReactNode } from 'react';
import { focusRing } from './focus';
import styles from './scroll.module.css';

/** What scrolls has to be reachable by keyboard. */
const SCROLLABLE = { tabIndex: 0, role: 'region' } as const;

/** What {@link ScrollBox} takes. @public */
export interface ScrollBoxProps {
  /** What is in it. */
  label: string;
  /** What scrolls. */
  children: ReactNode;
  /** CSS length from which on it scrolls; as high as its content without. */
  maxHeight?: string;
}

/**
 * For what is wide or long by its nature: it can be scrolled by keyboard, and
 * its edges show that there is more. On paper it shows everything.
 * @public
 */
export function ScrollBox({ label, children, maxHeight }: ScrollBoxProps) {
  return (
    <div
      className={`${styles.box} ${focusRing}`}
      style={maxHeight ? { maxHeight } : undefined}
      aria-label={label}
      {...SCROLLABLE}
    >
      {children}
    </div>
  );
}
