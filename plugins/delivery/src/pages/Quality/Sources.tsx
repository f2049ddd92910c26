import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { EmptyState, ErrorState, TableSkeleton } from '@fawkes/kit-ui/states';
import { Section } from '@fawkes/kit-ui/values';
import { useSources } from '../../hooks';
import { deliveryTranslationRef } from '../../translation';
import styles from './Quality.module.css';
import { SourceItem } from './SourceItem';
import { useMayManage } from './useMayManage';

/** The tools facts come from, each with its coverage as one number. */
export function Sources() {
  const { t } = useTranslationRef(deliveryTranslationRef);
  const { data, error, isFetching, refetch } = useSources();
  const mayManage = useMayManage();
  return (
    <Section title={t('fact.source.title')}>
      {!data && error ? (
        <ErrorState
          title={t('fact.source.loadFailed')}
          error={error}
          onRetry={refetch}
          isRetrying={isFetching}
        />
      ) : null}
      {!data && !error ? (
        <TableSkeleton rows={3} label={t('fact.source.loading')} />
      ) : null}
      {data?.items.length === 0 ? (
        <EmptyState
          headingLevel="h4"
          title={t('fact.source.none')}
          description={t('fact.source.noneText')}
        />
      ) : null}
      {data && data.items.length > 0 ? (
        <ul className={styles.items}>
          {data.items.map(source => (
            <SourceItem key={source.id} source={source} mayManage={mayManage} />
          ))}
        </ul>
      ) : null}
    </Section>
  );
}
