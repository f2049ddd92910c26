import { createTranslationRef } from '@backstage/frontend-plugin-api';
import { evidenceMessages } from './translations/evidenceMessages';
import { exceptionMessages } from './translations/exceptionMessages';
import { pageMessages } from './translations/pageMessages';
import { termMessages } from './translations/termMessages';
import { wordMessages } from './translations/words';

/** Every text of the change approval plugin. @public */
export const cabTranslationRef = createTranslationRef({
  id: 'plugin.cab',
  messages: {
    ...pageMessages,
    ...evidenceMessages,
    ...exceptionMessages,
    ...termMessages,
    ...wordMessages,
  },
  translations: { de: () => import('./translations/de') },
});
