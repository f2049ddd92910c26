import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { provisioningWordTables } from '@fawkes/backstage-plugin-provisioning-common/rules';
import type { Coded, Speak } from '@fawkes/kit-ui/values';
import { useCallback } from 'react';
import { provisioningTranslationRef } from '../translation';

/** Messages by keys that are known only when they are asked for. */
type Translate = (key: string, params?: Coded['params']) => string;

/**
 * Says what the backend said in the language of the person. A code of a newer
 * backend, or one whose params do not fit, is said as the backend wrote it.
 */
export function useSpeak(): Speak {
  const { t } = useTranslationRef(provisioningTranslationRef);
  return useCallback(
    (words, text) =>
      provisioningWordTables.some(table => table.knows(words))
        ? (t as Translate)(`words.${words.code}`, words.params)
        : text,
    [t],
  );
}
