import { deliveryWords } from '@fawkes/backstage-plugin-delivery-common';
import { asMessages } from '@fawkes/kit-contract';

/** What the backend says, in English: the very texts it speaks with. */
export const wordMessages = asMessages(deliveryWords.texts);
