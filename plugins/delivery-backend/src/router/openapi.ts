import {
  deliveryEventSchema,
  deliveryRoutes,
} from '@fawkes/backstage-plugin-delivery-common';
import { openApiOf, type OpenApiJson } from '@fawkes/kit-contract';

/** The OpenAPI 3.1 document, generated from the contract. */
export function openApiDocument(): OpenApiJson {
  return openApiOf(
    {
      title: 'Fawkes delivery',
      version: '1',
      description:
        'Delivery events in, explainable DORA metrics out. Durations are seconds, rates 0..1, instants UTC; what is unknown is {"value": null, "reason": "…"}.',
      server: '/api/delivery',
      schemas: { DeliveryEvent: deliveryEventSchema },
    },
    deliveryRoutes,
  );
}
