import type { DeliveryRoutes } from '@fawkes/backstage-plugin-delivery-common';
import type { Handlers } from '@fawkes/kit-backend/http';

/** Handlers of some routes. */
export type Some<K extends keyof DeliveryRoutes> = Handlers<
  Pick<DeliveryRoutes, K>
>;
