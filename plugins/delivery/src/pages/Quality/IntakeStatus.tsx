import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { CardsSkeleton, ErrorState } from '@fawkes/kit-ui/states';
import { Section, useFormat } from '@fawkes/kit-ui/values';
import { useIntake } from '../../hooks';
import { deliveryTranslationRef } from '../../translation';
import { Tiles } from './Tiles';

/** How far events have come on their way into the numbers. */
export function IntakeStatus() {
  const { t } = useTranslationRef(deliveryTranslationRef);
  const format = useFormat();
  const { data, error, isFetching, refetch } = useIntake();
  const lag = data?.lagSeconds ?? 0;
  return (
    <Section
      title={t('fact.intake.title')}
      description={t('fact.intake.description')}
    >
      {data ? (
        <Tiles
          tiles={[
            {
              label: t('fact.intake.received'),
              value: format.count(data.received),
            },
            {
              label: t('fact.intake.processed'),
              value: format.count(data.processed),
              hint: t('fact.intake.ignored', {
                count: data.ignored,
              }),
            },
            {
              label: t('fact.intake.rejected'),
              value: format.count(data.rejected),
            },
            {
              label: t('fact.intake.lag'),
              value: lag === 0 ? t('fact.intake.noLag') : format.duration(lag),
              hint:
                data.dirtyServices > 0
                  ? t('fact.intake.dirty', { count: data.dirtyServices })
                  : undefined,
            },
          ]}
        />
      ) : null}
      {!data && error ? (
        <ErrorState
          title={t('fact.intake.loadFailed')}
          error={error}
          onRetry={refetch}
          isRetrying={isFetching}
        />
      ) : null}
      {!data && !error ? (
        <CardsSkeleton cards={4} label={t('fact.intake.loading')} />
      ) : null}
    </Section>
  );
}
