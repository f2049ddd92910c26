import { createBackendModule } from '@backstage/backend-plugin-api';
import { scaffolderActionsExtensionPoint } from '@backstage/plugin-scaffolder-node';
import { createValidateAction } from './validate';

/** The action `gpu:host:validate`. @public */
export const scaffolderModuleGpuHost = createBackendModule({
  pluginId: 'scaffolder',
  moduleId: 'gpu-host',
  register(reg) {
    reg.registerInit({
      deps: { actions: scaffolderActionsExtensionPoint },
      async init({ actions }) {
        actions.addActions(createValidateAction(Date.now));
      },
    });
  },
});
