import { provisioningComputerWords } from './computerWords';
import { provisioningCoreWords } from './coreWords';
import { provisioningGithubWords } from './githubWords';
import { provisioningHostWords } from './hostWords';
import { provisioningWords } from './words';

/**
 * All tables of what the family says to people. Screens say every code of them
 * in the language of the reader; a code is in one table only.
 * @public
 */
export const provisioningWordTables = [
  provisioningWords,
  provisioningCoreWords,
  provisioningHostWords,
  provisioningComputerWords,
  provisioningGithubWords,
] as const;
