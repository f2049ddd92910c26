import { useTranslationRef } from '@backstage/frontend-plugin-api';
import {
  SERVICE_TYPES,
  type OperatorResponse,
} from '@fawkes/backstage-plugin-provisioning-common';
import { Instant, layout, Section, useFormat } from '@fawkes/kit-ui/values';
import { formatMoney } from '../../components/words/formatMoney';
import { provisioningTranslationRef } from '../../translation';

/** The prices estimates are made with; what has none is unknown, not free. */
export function RateCard({ card }: { card: OperatorResponse['rateCard'] }) {
  const { t } = useTranslationRef(provisioningTranslationRef);
  const { locale } = useFormat();
  return (
    <Section title={t('operator.rateCard')}>
      {card ? (
        <>
          <p className={layout.small}>
            {t('operator.card', { version: card.version })}{' '}
            <Instant at={card.validFrom} />
          </p>
          <dl className={layout.facts}>
            {SERVICE_TYPES.map(type => {
              const hourly = card.hourlyMinor[type];
              return (
                <div key={type}>
                  <dt>{t(`type.${type}`)}</dt>
                  <dd>
                    {hourly === undefined
                      ? t('state.unknown')
                      : t('operator.hourly', {
                          amount: formatMoney(hourly, card.currency, locale),
                        })}
                  </dd>
                </div>
              );
            })}
          </dl>
        </>
      ) : (
        <p>{t('operator.noCard')}</p>
      )}
    </Section>
  );
}
