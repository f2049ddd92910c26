import { createTranslationRef } from '@backstage/frontend-plugin-api';
import { messages } from './translations/messages';
import { wordMessages } from './translations/words';

/** Every text of the dojo. @public */
export const dojoTranslationRef = createTranslationRef({
  id: 'plugin.dojo',
  messages: { ...messages, ...wordMessages },
  translations: { de: () => import('./translations/de') },
});
