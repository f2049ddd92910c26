import { Skeleton, VisuallyHidden } from '@backstage/ui';
import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { kitUiTranslationRef } from '../translation';
import styles from './states.module.css';

function Loading({ label }: { label?: string }) {
  const { t } = useTranslationRef(kitUiTranslationRef);
  return (
    <VisuallyHidden role="status">{label ?? t('state.loading')}</VisuallyHidden>
  );
}

/** Place holder of the size of a card with a figure. @public */
export function CardSkeleton() {
  return (
    <div className={styles.cardSkeleton} aria-hidden>
      <Skeleton width="40%" height={16} />
      <Skeleton width="70%" height={36} />
      <Skeleton width="90%" height={14} />
      <Skeleton width="100%" height={32} />
    </div>
  );
}

/** Place holder of the size of a chart with its title. @public */
export function ChartSkeleton({ label }: { label?: string }) {
  return (
    <div className={styles.chartSkeleton} aria-busy>
      <Loading label={label} />
      <Skeleton width="50%" height={20} />
      <Skeleton width="100%" height={220} />
    </div>
  );
}

/** Place holder for a table of `rows` rows. @public */
export function TableSkeleton({
  rows = 8,
  label,
}: {
  rows?: number;
  label?: string;
}) {
  return (
    <div className={styles.tableSkeleton} aria-busy>
      <Loading label={label} />
      {Array.from({ length: rows }, (_, row) => (
        <Skeleton key={row} width="100%" height={32} />
      ))}
    </div>
  );
}

/** Place holder for `cards` cards side by side. @public */
export function CardsSkeleton({
  cards = 5,
  label,
}: {
  cards?: number;
  label?: string;
}) {
  return (
    <div className={styles.cardsSkeleton} aria-busy>
      <Loading label={label} />
      {Array.from({ length: cards }, (_, card) => (
        <CardSkeleton key={card} />
      ))}
    </div>
  );
}

/** Place holder for a whole page: cards, charts, table. @public */
export function PageSkeleton({ label }: { label?: string }) {
  return (
    <div className={styles.pageSkeleton} aria-busy>
      <CardsSkeleton label={label} />
      <div className={styles.tableSkeleton} aria-hidden>
        {Array.from({ length: 8 }, (_, row) => (
          <Skeleton key={row} width="100%" height={32} />
        ))}
      </div>
    </div>
  );
}
