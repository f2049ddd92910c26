import { useApi, useTranslationRef } from '@backstage/frontend-plugin-api';
import { cabWords } from '@fawkes/backstage-plugin-cab-common';
import { QueryProvider as KitQueryProvider } from '@fawkes/kit-ui/query';
import { SaidProvider, type Coded, type Speak } from '@fawkes/kit-ui/values';
import { useCallback, type PropsWithChildren } from 'react';
import { cabApiRef } from '../api';
import { cabTranslationRef } from '../translation';

/** Messages by keys that are known only when they are asked for. */
type Translate = (key: string, params?: Coded['params']) => string;

/** Everything that uses the hooks of this folder stands in one of these. */
export function QueryProvider({ children }: PropsWithChildren) {
  const { t } = useTranslationRef(cabTranslationRef);
  const speak = useCallback<Speak>(
    (words, text) =>
      cabWords.knows(words)
        ? (t as Translate)(`words.${words.code}`, words.params)
        : text,
    [t],
  );
  return (
    <KitQueryProvider owner={useApi(cabApiRef)}>
      <SaidProvider speak={speak}>{children}</SaidProvider>
    </KitQueryProvider>
  );
}
