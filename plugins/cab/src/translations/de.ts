import { evidenceMessagesDe } from './evidenceMessages.de';
import { exceptionMessagesDe } from './exceptionMessages.de';
import { pageMessagesDe } from './pageMessages.de';
import { termMessagesDe } from './termMessages.de';
import { wordMessagesDe } from './words.de';

export default {
  ...pageMessagesDe,
  ...evidenceMessagesDe,
  ...exceptionMessagesDe,
  ...termMessagesDe,
  ...wordMessagesDe,
};
