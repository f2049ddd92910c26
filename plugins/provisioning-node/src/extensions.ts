import { createExtensionPoint } from '@backstage/backend-plugin-api';

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
