import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type { Cost } from '@fawkes/backstage-plugin-provisioning-common';
import { useFormat } from '@fawkes/kit-ui/values';
import { provisioningTranslationRef } from '../../translation';
import { formatMoney } from './formatMoney';
import { SaidText } from '@fawkes/kit-ui/query';

/** What it costs a month as an estimate, or that nobody knows and why. */
export function CostText({ cost }: { cost: Cost }) {
  const { t } = useTranslationRef(provisioningTranslationRef);
  const { locale } = useFormat();
  if (cost.amountMinor === null) {
    return (
      <>
        {t('cost.unknown')} <SaidText said={cost.reason} />
      </>
    );
  }
  return (
    <>
      {t('cost.estimate', {
        amount: formatMoney(cost.amountMinor, cost.currency, locale),
        card: cost.rateCard,
      })}
    </>
  );
}
