import {
  createBackendFeatureLoader,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import { catalogProcessingExtensionPoint } from '@backstage/plugin-catalog-node';
import { scaffolderActionsExtensionPoint } from '@backstage/plugin-scaffolder-node';
import {
  provisioningServiceRef,
  provisioningTemplatesExtensionPoint,
} from '@fawkes/backstage-plugin-provisioning-node';
import { serviceActions } from './actions';
import { TemplatesProvider } from './catalog/templatesProvider';
import { readTemplates, templateFolders } from './templateFolders';

/** The actions that service templates use. @public */
export const scaffolderModuleService = createBackendModule({
  pluginId: 'scaffolder',
  moduleId: 'service',
  register(reg) {
    reg.registerInit({
      deps: {
        actions: scaffolderActionsExtensionPoint,
        provisioning: provisioningServiceRef,
      },
      async init({ actions, provisioning }) {
        actions.addActions(...serviceActions({ provisioning }));
      },
    });
  },
});

/** Puts the service templates into the catalog. @public */
export const catalogModuleServiceTemplates = createBackendModule({
  pluginId: 'catalog',
  moduleId: 'service-templates',
  register(reg) {
    reg.registerInit({
      deps: { catalog: catalogProcessingExtensionPoint },
      async init({ catalog }) {
        catalog.addEntityProvider(new TemplatesProvider(readTemplates));
      },
    });
  },
});

/** Tells the provisioning plugin of the service templates. @public */
export const provisioningModuleServiceTemplates = createBackendModule({
  pluginId: 'provisioning',
  moduleId: 'service-templates',
  register(reg) {
    reg.registerInit({
      deps: { templates: provisioningTemplatesExtensionPoint },
      async init({ templates }) {
        const folders = await templateFolders();
        templates.addTemplates(...folders.map(directory => ({ directory })));
      },
    });
  },
});

/**
 * All of them in one line. A backend without one of the plugins leaves the module
 * for it out.
 * @public
 */
export const serviceFeatures = createBackendFeatureLoader({
  *loader() {
    yield scaffolderModuleService;
    yield catalogModuleServiceTemplates;
    yield provisioningModuleServiceTemplates;
  },
});
