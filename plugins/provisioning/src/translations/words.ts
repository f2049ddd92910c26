import { gpuWords } from '@fawkes/backstage-plugin-provisioning-common/gpu';
import {
  provisioningComputerWords,
  provisioningCoreWords,
  provisioningGithubWords,
  provisioningHostWords,
  provisioningWords,
} from '@fawkes/backstage-plugin-provisioning-common/rules';
import { asMessages } from '@fawkes/kit-contract';

/** What the backend says, in English: the very texts it speaks with. */
export const wordMessages = asMessages({
  ...provisioningWords.texts,
  ...provisioningCoreWords.texts,
  ...provisioningHostWords.texts,
  ...provisioningComputerWords.texts,
  ...provisioningGithubWords.texts,
  ...gpuWords.texts,
});
