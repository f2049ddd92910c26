import { Badge, VisuallyHidden } from '@backstage/ui';
import styles from './table.module.css';

/** What {@link Badges} takes. @public */
export interface BadgesProps {
  /** The words, the most important first. */
  items: readonly string[];
  /** How many are written out; the others are counted, and named in the tooltip. */
  most?: number;
}

/** Small words beside a name, in one line: a row does not grow with them. @public */
export function Badges({ items, most = 2 }: BadgesProps) {
  if (items.length === 0) return null;
  // "+1" takes as much room as what it stands for.
  const shown = items.length === most + 1 ? most + 1 : most;
  const rest = items.slice(shown);
  return (
    <span className={styles.badges}>
      {items.slice(0, shown).map(item => (
        <Badge key={item} size="small">
          {item}
        </Badge>
      ))}
      {rest.length > 0 ? (
        <span className={styles.more} title={rest.join(', ')}>
          <span aria-hidden="true">+{rest.length}</span>
          <VisuallyHidden>{rest.join(', ')}</VisuallyHidden>
        </span>
      ) : null}
    </span>
  );
}
