import { askMessagesDe } from './askMessages.de';
import { gpuMessagesDe } from './gpuMessages.de';
import { paramMessagesDe } from './paramMessages.de';
import { requestMessagesDe } from './requestMessages.de';
import { stateMessagesDe } from './stateMessages.de';
import { wordMessagesDe } from './words.de';

export default {
  ...askMessagesDe,
  ...gpuMessagesDe,
  ...paramMessagesDe,
  ...requestMessagesDe,
  ...stateMessagesDe,
  ...wordMessagesDe,
};
