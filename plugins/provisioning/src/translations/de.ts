import { askMessagesDe } from './askMessages.de';
import { requestMessagesDe } from './requestMessages.de';
import { stateMessagesDe } from './stateMessages.de';
import { wordMessagesDe } from './words.de';

export default {
  ...askMessagesDe,
  ...requestMessagesDe,
  ...stateMessagesDe,
  ...wordMessagesDe,
};
