import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Link } from '@backstage/ui';
import { RiArrowLeftLine } from '@remixicon/react';
import { kitUiTranslationRef } from '../translation';
import styles from './ways.module.css';

/** What {@link WayBack} takes. @public */
export interface WayBackProps {
  /**
   * The pages above this one, the uppermost first. One without an address is
   * not installed, and is left out.
   */
  trail: readonly { label: string; href: string | undefined }[];
}

/** Where a page is, and the way back up: its parents as links, the nearest with an arrow. @public */
export function WayBack({ trail }: WayBackProps) {
  const { t } = useTranslationRef(kitUiTranslationRef);
  const pages = trail.filter(({ href }) => href);
  if (pages.length === 0) return null;
  return (
    <nav aria-label={t('way.label')} className={styles.way}>
      <RiArrowLeftLine aria-hidden size={16} />
      <ol className={styles.trail}>
        {pages.map(({ label, href }) => (
          <li key={href}>
            <Link href={href}>{label}</Link>
          </li>
        ))}
      </ol>
    </nav>
  );
}
