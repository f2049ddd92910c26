import { createTranslationRef } from '@backstage/frontend-plugin-api';
import { messages } from './translations/messages';

/** Every text the kit says by itself; a family brings its own. @public */
export const kitUiTranslationRef = createTranslationRef({
  id: 'fawkes.kit-ui',
  messages,
  translations: { de: () => import('./translations/de') },
});
