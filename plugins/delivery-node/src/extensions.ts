import { createExtensionPoint } from '@backstage/backend-plugin-api';
import type { DeliverySource } from './source';

/** Takes the sources modules bring. @public */
export interface DeliverySourcesExtensionPoint {
  /** Registers a source; a second one with the same id is refused. */
  addSource(source: DeliverySource): void;
}

/** Where modules register the tools facts come from. @public */
export const deliverySourcesExtensionPoint =
  createExtensionPoint<DeliverySourcesExtensionPoint>({
    id: 'delivery.sources',
  });
