import type { ReactNode } from 'react';
import { Text } from '@backstage/ui';
import styles from './states.module.css';

/** What {@link EmptyState} takes. @public */
export interface EmptyStateProps {
  /** What there is none of. */
  title: string;
  /** What is missing and how to get it. */
  description: ReactNode;
  /** Buttons that lead there. */
  actions?: ReactNode;
  /** Level of the heading in the page's outline. */
  headingLevel?: 'h2' | 'h3' | 'h4';
}

/** Nothing to show is an answer too: it says why, and offers the next step. @public */
export function EmptyState({
  title,
  description,
  actions,
  headingLevel = 'h3',
}: EmptyStateProps) {
  return (
    <section className={styles.empty} aria-label={title}>
      <Text as={headingLevel} variant="title-x-small" weight="bold">
        {title}
      </Text>
      <Text as="div" variant="body-medium" color="secondary">
        {description}
      </Text>
      {actions ? <div className={styles.actions}>{actions}</div> : null}
    </section>
  );
}
