import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type { ExplainedRisk } from '@fawkes/backstage-plugin-cab-common';
import { useFormat } from '@fawkes/kit-ui/values';
import { cabTranslationRef } from '../../translation';
import { useTerm } from '../words';

type Value = ExplainedRisk['facts'][number]['value'];

/** Says facts and their values in the language of the person. */
export function useFactWords() {
  const { t } = useTranslationRef(cabTranslationRef);
  const term = useTerm();
  const format = useFormat();
  /** By its name, or by the path of a part of it. */
  const fact = (path: string) => term('fact', path.split('.')[0]);
  const value = (of: Value): string => {
    if (of === null) return t('value.never');
    if (typeof of === 'boolean') return t(of ? 'value.yes' : 'value.no');
    if (typeof of === 'number') return format.count(of);
    if (typeof of === 'string') {
      const asClass = term('class', of);
      return asClass === of ? term('value', of) : asClass;
    }
    return Object.entries(of)
      .map(([key, part]) => `${key} ${value(part)}`)
      .join(', ');
  };
  /** What is unknown, each once. */
  const missingOf = (paths: readonly string[]) => [...new Set(paths.map(fact))];
  return { fact, value, missingOf, term };
}
