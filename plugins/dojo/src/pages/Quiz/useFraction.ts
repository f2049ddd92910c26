import { appLanguageApiRef, useApi } from '@backstage/frontend-plugin-api';
import type { AttemptResult } from '@fawkes/backstage-plugin-dojo-common';
import { useCallback } from 'react';

type Fraction = NonNullable<AttemptResult['earned']>;

/** Points as people read them; the exact fraction decided long before. */
export function useFraction(): (value: Fraction) => string {
  const { language } = useApi(appLanguageApiRef).getLanguage();
  return useCallback(
    ({ numerator, denominator }) =>
      new Intl.NumberFormat(language, { maximumFractionDigits: 2 }).format(
        Number(numerator) / Number(denominator),
      ),
    [language],
  );
}
