import { DELIVERY_SIGNAL_CHANNEL } from '@fawkes/backstage-plugin-delivery-common';
import { useLive } from '@fawkes/kit-ui/query';
import { affects } from './affects';

/** Keeps what is shown up to date as new facts arrive. */
export function useLiveDelivery(): { live: boolean } {
  return useLive(DELIVERY_SIGNAL_CHANNEL, affects);
}
