import { useSidebarOpenState } from '@backstage/core-components';
import {
  configApiRef,
  useApi,
  useTranslationRef,
} from '@backstage/frontend-plugin-api';
import { Link } from 'react-router-dom';
import { Logo } from '../brand/Logo';
import { portalTranslationRef } from '../translation';
import styles from './SidebarLogo.module.css';

/** The way home: mark and, where there is room, the name. */
export function SidebarLogo() {
  const { isOpen } = useSidebarOpenState();
  const { t } = useTranslationRef(portalTranslationRef);
  const title = useApi(configApiRef).getOptionalString('app.title') ?? 'Fawkes';
  return (
    <Link
      to="/"
      className={styles.logo}
      aria-label={`${title}: ${t('nav.home')}`}
    >
      <Logo size={32} />
      {isOpen && <span className={styles.name}>{title}</span>}
    </Link>
  );
}
