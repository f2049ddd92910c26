import { createTranslationRef } from '@backstage/frontend-plugin-api';
import { askMessages } from './translations/askMessages';
import { requestMessages } from './translations/requestMessages';
import { stateMessages } from './translations/stateMessages';
import { wordMessages } from './translations/words';

/** Every text of the provisioning plugin. @public */
export const provisioningTranslationRef = createTranslationRef({
  id: 'plugin.provisioning',
  messages: {
    ...askMessages,
    ...requestMessages,
    ...stateMessages,
    ...wordMessages,
  },
  translations: { de: () => import('./translations/de') },
});
