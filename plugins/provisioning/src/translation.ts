import { createTranslationRef } from '@backstage/frontend-plugin-api';
import { askMessages } from './translations/askMessages';
import { gpuMessages } from './translations/gpuMessages';
import { paramMessages } from './translations/paramMessages';
import { requestMessages } from './translations/requestMessages';
import { stateMessages } from './translations/stateMessages';
import { wordMessages } from './translations/words';

/** Every text of the provisioning plugin. @public */
export const provisioningTranslationRef = createTranslationRef({
  id: 'plugin.provisioning',
  messages: {
    ...askMessages,
    ...gpuMessages,
    ...paramMessages,
    ...requestMessages,
    ...stateMessages,
    ...wordMessages,
  },
  translations: { de: () => import('./translations/de') },
});
