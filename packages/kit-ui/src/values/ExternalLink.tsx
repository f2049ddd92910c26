import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Link } from '@backstage/ui';
import { RiExternalLinkLine } from '@remixicon/react';
import type { ReactNode } from 'react';
import { kitUiTranslationRef } from '../translation';
import styles from './values.module.css';

/** A link into the tool a fact came from; plain text without an address. @public */
export function ExternalLink({
  href,
  children,
}: {
  href: string | null;
  children: ReactNode;
}) {
  const { t } = useTranslationRef(kitUiTranslationRef);
  if (!isWebAddress(href)) return <>{children}</>;
  return (
    <Link
      href={href}
      target="_blank"
      rel="noopener noreferrer"
      title={t('value.opensNewTab')}
    >
      {children}
      <RiExternalLinkLine aria-hidden size={14} className={styles.inlineIcon} />
    </Link>
  );
}

/** Addresses come from outside: only the web is linked, never `javascript:`. */
function isWebAddress(href: string | null): href is string {
  return href !== null && /^https?:\/\//i.test(href);
}
