import { PROVISIONING_SIGNAL_CHANNEL } from '@fawkes/backstage-plugin-provisioning-common';
import { useLive } from '@fawkes/kit-ui/query';
import { affects } from './affects';

/** Keeps what is shown up to date as requests and services move. */
export function useLiveProvisioning(): { live: boolean } {
  return useLive(PROVISIONING_SIGNAL_CHANNEL, affects);
}
