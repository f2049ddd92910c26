import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { useCallback } from 'react';
import { cabTranslationRef } from '../../translation';

/** Messages by keys that are known only when they are asked for. */
type Translate = (key: string, options: { defaultValue: string }) => string;

/** Kinds of terms that a backend names by a word of its own. */
export type TermKind =
  | 'class'
  | 'duty'
  | 'event'
  | 'fact'
  | 'factor'
  | 'floor'
  | 'state'
  | 'value';

/** Says a term in the language of the person; one of a newer backend as it is. */
export function useTerm(): (kind: TermKind, name: string) => string {
  const { t } = useTranslationRef(cabTranslationRef);
  return useCallback(
    (kind, name) => {
      const key = `${kind}.${name}`;
      const said = (t as unknown as Translate)(key, { defaultValue: name });
      return said === key ? name : said;
    },
    [t],
  );
}
