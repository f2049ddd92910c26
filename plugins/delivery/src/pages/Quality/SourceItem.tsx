import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Badge, Button } from '@backstage/ui';
import type { SourceInfo } from '@fawkes/backstage-plugin-delivery-common';
import { RiHistoryLine, RiTimeLine } from '@remixicon/react';
import { ErrorState } from '@fawkes/kit-ui/states';
import { Instant, layout, useFormat, useSaid } from '@fawkes/kit-ui/values';
import { useBackfill } from '../../hooks';
import { deliveryTranslationRef } from '../../translation';
import styles from './Quality.module.css';

/** One source: how much of it is understood, and its history. */
export function SourceItem({
  source,
  mayManage,
}: {
  source: SourceInfo;
  mayManage: boolean;
}) {
  const { t } = useTranslationRef(deliveryTranslationRef);
  const speak = useSaid();
  const format = useFormat();
  const start = useBackfill();
  const { backfill } = source;
  const isRunning = backfill?.state === 'running';
  return (
    <li className={layout.item}>
      <div className={styles.itemHead}>
        <span className={styles.itemTitle}>
          <strong>{source.title}</strong>
          {source.sample ? (
            <Badge size="small">{t('fact.badge.sample')}</Badge>
          ) : null}
          {source.sandbox ? (
            <Badge size="small">{t('fact.badge.sandbox')}</Badge>
          ) : null}
          {source.stale ? (
            <Badge size="small" icon={<RiTimeLine aria-hidden />}>
              {t('fact.source.stale')}
            </Badge>
          ) : null}
        </span>
        <span className={styles.number}>
          {source.received > 0
            ? t('fact.source.coverage', {
                share: format.rate(1 - source.rejected / source.received),
              })
            : t('fact.source.silent')}
        </span>
      </div>
      <span className={styles.quiet}>
        {t('fact.source.counts', {
          received: format.count(source.received),
          rejected: format.count(source.rejected),
        })}{' '}
        {source.lastEventAt ? (
          <>
            {t('fact.source.last')} <Instant at={source.lastEventAt} />
          </>
        ) : null}
      </span>
      {backfill ? (
        <div className={styles.itemHead}>
          <span role="status" className={styles.quiet}>
            {t(`fact.backfill.${backfill.state}`, {
              loaded: format.count(backfill.loaded),
            })}{' '}
            {backfill.message ? speak(backfill, backfill.message) : null}
          </span>
          {mayManage ? (
            <Button
              size="small"
              variant="secondary"
              iconStart={<RiHistoryLine aria-hidden />}
              aria-label={t('fact.backfill.label', { source: source.title })}
              isDisabled={isRunning}
              isPending={start.isPending}
              onPress={() => start.mutate(source.id)}
            >
              {t('fact.backfill.button')}
            </Button>
          ) : (
            <span className={styles.quiet}>{t('fact.notAllowed')}</span>
          )}
        </div>
      ) : null}
      {start.error ? (
        <ErrorState title={t('fact.backfill.refused')} error={start.error} />
      ) : null}
    </li>
  );
}
