import { createBackendModule } from '@backstage/backend-plugin-api';
import {
  deliverySourcesExtensionPoint,
  type DeliverySource,
} from '@fawkes/backstage-plugin-delivery-node';

/** A module with one source, as a package of its own would bring it. */
export function testSource(
  id: string,
  backfill?: DeliverySource['backfill'],
  more: Partial<DeliverySource> = {},
) {
  return createBackendModule({
    pluginId: 'delivery',
    moduleId: id,
    register(reg) {
      reg.registerInit({
        deps: { sources: deliverySourcesExtensionPoint },
        async init({ sources }) {
          sources.addSource({
            id,
            title: id,
            map: () => ({ outcome: 'ignored', reason: 'It is a test' }),
            ...(backfill ? { backfill } : {}),
            ...more,
          });
        },
      });
    },
  });
}
