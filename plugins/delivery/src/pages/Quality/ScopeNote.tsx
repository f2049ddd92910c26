import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Badge, Link } from '@backstage/ui';
import { useEntityTitles } from '@fawkes/kit-ui/query';
import { usePaths } from '../../components/facts';
import { deliveryTranslationRef } from '../../translation';
import styles from './Quality.module.css';

/** What the page is narrowed to, with the way back to everything. */
export function ScopeNote({ scope }: { scope: readonly string[] }) {
  const { t } = useTranslationRef(deliveryTranslationRef);
  const paths = usePaths();
  const titleOf = useEntityTitles(scope);
  if (scope.length === 0) return null;
  return (
    <p className={styles.scope}>
      {t('fact.quality.scope')}{' '}
      {scope.map(ref => (
        <Badge key={ref} title={ref}>
          {titleOf(ref)}
        </Badge>
      ))}{' '}
      <Link href={paths.quality() ?? '?'}>{t('fact.quality.everything')}</Link>
    </p>
  );
}
