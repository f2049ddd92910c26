import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Text } from '@backstage/ui';
import type { Change } from '@fawkes/backstage-plugin-cab-common';
import { Section, useFormat } from '@fawkes/kit-ui/values';
import { RiskView } from '../../components/risk';
import { cabTranslationRef } from '../../translation';

/** The score of this revision, and how it comes about. */
export function RiskSection({ change: { risk } }: { change: Change }) {
  const { t } = useTranslationRef(cabTranslationRef);
  const format = useFormat();
  return (
    <Section
      title={t('risk.title')}
      description={
        risk ? t('risk.asOf', { at: format.instant(risk.asOf) }) : undefined
      }
    >
      {risk ? (
        <RiskView risk={risk} />
      ) : (
        <Text as="p" variant="body-medium" color="secondary">
          {t('risk.none')}
        </Text>
      )}
    </Section>
  );
}
