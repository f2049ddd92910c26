import { useApi, useTranslationRef } from '@backstage/frontend-plugin-api';
import { dojoWords } from '@fawkes/backstage-plugin-dojo-common';
import { QueryProvider as KitQueryProvider } from '@fawkes/kit-ui/query';
import { SaidProvider, type Coded, type Speak } from '@fawkes/kit-ui/values';
import { useCallback, type PropsWithChildren } from 'react';
import { dojoApiRef } from '../api';
import { dojoTranslationRef } from '../translation';

/** Messages by keys that are known only when they are asked for. */
type Translate = (key: string, params?: Coded['params']) => string;

/** Everything that uses the hooks of this folder stands in one of these. */
export function QueryProvider({ children }: PropsWithChildren) {
  const { t } = useTranslationRef(dojoTranslationRef);
  const speak = useCallback<Speak>(
    (words, text) =>
      dojoWords.knows(words)
        ? (t as Translate)(`words.${words.code}`, words.params)
        : text,
    [t],
  );
  return (
    <KitQueryProvider owner={useApi(dojoApiRef)}>
      <SaidProvider speak={speak}>{children}</SaidProvider>
    </KitQueryProvider>
  );
}
