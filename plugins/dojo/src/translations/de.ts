import { messagesDe } from './messages.de';
import { wordMessagesDe } from './words.de';

export default { ...messagesDe, ...wordMessagesDe };
