import { createTranslationRef } from '@backstage/frontend-plugin-api';
import { doraMessages } from './translations/doraMessages';
import { factMessages } from './translations/factMessages';
import { wordMessages } from './translations/words';

/** Every text of the delivery plugin. @public */
export const deliveryTranslationRef = createTranslationRef({
  id: 'plugin.delivery',
  messages: { ...doraMessages, ...factMessages, ...wordMessages },
  translations: { de: () => import('./translations/de') },
});
