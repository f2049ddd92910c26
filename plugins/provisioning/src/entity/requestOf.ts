import type { Entity } from '@backstage/catalog-model';
import { ANNOTATION_PROVISIONING_REQUEST } from '@fawkes/backstage-plugin-provisioning-common';

/** Id of the request an entity comes from; undefined where it was not made here. */
export function requestOf(entity: Entity): string | undefined {
  return entity.metadata.annotations?.[ANNOTATION_PROVISIONING_REQUEST];
}

/**
 * Whether an entity was made by a request, so that its tab has something to say.
 * @public
 */
export function isProvisioningAvailable(entity: Entity): boolean {
  return requestOf(entity) !== undefined;
}
