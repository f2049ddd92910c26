import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Button } from '@backstage/ui';
import { RiRestartLine } from '@remixicon/react';
import { Loaded } from '@fawkes/kit-ui/query';
import { ErrorState, TableSkeleton } from '@fawkes/kit-ui/states';
import { layout, Section } from '@fawkes/kit-ui/values';
import { useRejected, useReplay } from '../../hooks';
import { deliveryTranslationRef } from '../../translation';
import styles from './Quality.module.css';
import { RejectedItem } from './RejectedItem';
import { useMayManage } from './useMayManage';

/** Events nobody understood: where, why, as they came, and "replay". */
export function RejectedEvents() {
  const { t } = useTranslationRef(deliveryTranslationRef);
  const rejected = useRejected();
  const replay = useReplay();
  const mayManage = useMayManage();
  const items = rejected.data?.items ?? [];

  return (
    <Section
      title={t('fact.rejected.title')}
      description={t('fact.rejected.description')}
      actions={
        mayManage && items.length > 0 ? (
          <Button
            size="small"
            variant="secondary"
            iconStart={<RiRestartLine aria-hidden />}
            isPending={replay.isPending}
            onPress={() => replay.mutate({ ids: items.map(({ id }) => id) })}
          >
            {t('fact.rejected.replayShown', { count: items.length })}
          </Button>
        ) : undefined
      }
    >
      <p role="status" className={styles.told}>
        {replay.isSuccess
          ? t('fact.rejected.replayed', { count: replay.data.replayed })
          : ''}
      </p>
      {replay.error ? (
        <ErrorState title={t('fact.rejected.refused')} error={replay.error} />
      ) : null}
      <Loaded
        query={rejected}
        skeleton={<TableSkeleton rows={3} label={t('fact.rejected.loading')} />}
        errorTitle={t('fact.rejected.loadFailed')}
      >
        {() =>
          items.length === 0 ? (
            <p className={styles.quiet}>{t('fact.rejected.none')}</p>
          ) : (
            <ul className={layout.items}>
              {items.map(event => (
                <RejectedItem
                  key={event.id}
                  event={event}
                  isReplaying={replay.isPending}
                  onReplay={
                    mayManage
                      ? () => replay.mutate({ ids: [event.id] })
                      : undefined
                  }
                />
              ))}
            </ul>
          )
        }
      </Loaded>
      {items.length > 0 && !mayManage ? (
        <p className={styles.quiet}>{t('fact.notAllowed')}</p>
      ) : null}
      {rejected.hasNextPage ? (
        <div>
          <Button
            size="small"
            variant="secondary"
            isPending={rejected.isFetchingNextPage}
            onPress={() => rejected.fetchNextPage()}
          >
            {t('fact.loadMore')}
          </Button>
        </div>
      ) : null}
    </Section>
  );
}
