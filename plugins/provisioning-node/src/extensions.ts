import { createExtensionPoint } from '@backstage/backend-plugin-api';
import type { EffectDriver } from './driver';
import type { RepositoryPlaces } from './places';

/** Takes the templates that modules bring. @public */
export interface ProvisioningTemplatesExtensionPoint {
  /**
   * Registers a folder with `template.yaml` and `skeleton/`. The provisioning
   * plugin reads it at its start; a second template of the name is refused.
   */
  addTemplates(...templates: { directory: string }[]): void;
}

/** Where modules register templates for services. @public */
export const provisioningTemplatesExtensionPoint =
  createExtensionPoint<ProvisioningTemplatesExtensionPoint>({
    id: 'provisioning.templates',
  });

/** Takes the drivers that make effects outside of the portal. @public */
export interface ProvisioningDriversExtensionPoint {
  /**
   * Adds drivers. The first that makes a request's effects of a type makes them;
   * those of the local host come before all others.
   */
  addDrivers(...drivers: EffectDriver[]): void;
  /** Adds where repositories can be; a second one for the same host is refused. */
  addPlaces(places: RepositoryPlaces): void;
}

/** Where modules register drivers and hosts of repositories. @public */
export const provisioningDriversExtensionPoint =
  createExtensionPoint<ProvisioningDriversExtensionPoint>({
    id: 'provisioning.drivers',
  });
