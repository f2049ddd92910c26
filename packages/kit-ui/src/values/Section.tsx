import { Text } from '@backstage/ui';
import { type ReactNode, useId } from 'react';
import styles from './values.module.css';

/** What {@link Section} takes. @public */
export interface SectionProps {
  /** Its heading, which names it. */
  title: string;
  /** One sentence under the title. */
  description?: ReactNode;
  /** Buttons beside the title. */
  actions?: ReactNode;
  /** What is in it. */
  children: ReactNode;
}

/** A titled part of a page. @public */
export function Section({
  title,
  description,
  actions,
  children,
}: SectionProps) {
  const id = useId();
  return (
    <section className={styles.section} aria-labelledby={id}>
      <div className={styles.sectionHead}>
        <Text as="h3" id={id} variant="title-x-small" weight="bold">
          {title}
        </Text>
        {actions ? <div className={styles.actions}>{actions}</div> : null}
      </div>
      {description ? (
        <Text as="p" variant="body-medium" color="secondary">
          {description}
        </Text>
      ) : null}
      {children}
    </section>
  );
}
