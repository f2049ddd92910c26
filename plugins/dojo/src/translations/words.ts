import { dojoWords } from '@fawkes/backstage-plugin-dojo-common';
import { asMessages } from '@fawkes/kit-contract';

/** What the backend says, in English: the very texts it speaks with. */
export const wordMessages = asMessages(dojoWords.texts);
