import { provisioningGithubWords } from '@fawkes/backstage-plugin-provisioning-common/rules';

/** Words of GitHub with their English text. */
export const { say } = provisioningGithubWords;
