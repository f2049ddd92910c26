import { messagesDe } from './messages.de';

export default messagesDe;
