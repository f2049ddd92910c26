import { doraMessagesDe } from './doraMessages.de';
import { factMessagesDe } from './factMessages.de';
import { wordMessagesDe } from './words.de';

export default { ...doraMessagesDe, ...factMessagesDe, ...wordMessagesDe };
