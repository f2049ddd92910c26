import { provisioningHostWords } from '@fawkes/backstage-plugin-provisioning-common/rules';

/** Words of the local host with their English text. */
export const { say } = provisioningHostWords;
