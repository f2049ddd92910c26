import { doraMessagesDe } from './doraMessages.de';
import { factMessagesDe } from './factMessages.de';

export default { ...doraMessagesDe, ...factMessagesDe };
