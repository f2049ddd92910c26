import { appLanguageApiRef, useApi } from '@backstage/frontend-plugin-api';
import { useEffect } from 'react';

/**
 * Tells the browser which language the app is shown in. Screen readers choose
 * their voice by it, browsers their hyphens and whether to offer a translation.
 */
export function DocumentLanguage() {
  const languageApi = useApi(appLanguageApiRef);
  useEffect(() => {
    const show = ({ language }: { language: string }) => {
      document.documentElement.lang = language;
    };
    show(languageApi.getLanguage());
    const subscription = languageApi.language$().subscribe(show);
    return () => subscription.unsubscribe();
  }, [languageApi]);
  return null;
}
