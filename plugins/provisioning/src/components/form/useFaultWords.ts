import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { provisioningTranslationRef } from '../../translation';
import type { Faults, Field } from './draft';

/** Says what is wrong with a field; undefined where nothing is. */
export function useFaultWords(
  faults: Faults,
): (field: Field) => string | undefined {
  const { t } = useTranslationRef(provisioningTranslationRef);
  return field => {
    const fault = faults[field];
    if (fault === undefined) return undefined;
    return fault === 'missing' ? t('form.missing') : t(`form.wrong.${field}`);
  };
}
