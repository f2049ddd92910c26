import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Loaded } from '@fawkes/kit-ui/query';
import { CardsSkeleton } from '@fawkes/kit-ui/states';
import { Section, useFormat } from '@fawkes/kit-ui/values';
import { useIntake } from '../../hooks';
import { deliveryTranslationRef } from '../../translation';
import { Tiles } from './Tiles';

/** How far events have come on their way into the numbers. */
export function IntakeStatus() {
  const { t } = useTranslationRef(deliveryTranslationRef);
  const format = useFormat();
  const intake = useIntake();
  return (
    <Section
      title={t('fact.intake.title')}
      description={t('fact.intake.description')}
    >
      <Loaded
        query={intake}
        skeleton={<CardsSkeleton cards={4} label={t('fact.intake.loading')} />}
        errorTitle={t('fact.intake.loadFailed')}
      >
        {data => (
          <>
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
                  value:
                    data.lagSeconds === 0
                      ? t('fact.intake.noLag')
                      : format.duration(data.lagSeconds),
                  hint:
                    data.dirtyServices > 0
                      ? t('fact.intake.dirty', { count: data.dirtyServices })
                      : undefined,
                },
              ]}
            />
          </>
        )}
      </Loaded>
    </Section>
  );
}
