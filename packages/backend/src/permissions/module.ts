import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import { policyExtensionPoint } from '@backstage/plugin-permission-node/alpha';
import { readPlatformTeams } from './platformTeams';
import { PortalPolicy } from './portalPolicy';

/** Installs {@link PortalPolicy} for the teams named in `permission.platformTeams`. */
export const portalPolicyModule = createBackendModule({
  pluginId: 'permission',
  moduleId: 'portal-policy',
  register(reg) {
    reg.registerInit({
      deps: {
        policy: policyExtensionPoint,
        config: coreServices.rootConfig,
        userInfo: coreServices.userInfo,
      },
      async init({ policy, config, userInfo }) {
        policy.setPolicy(
          new PortalPolicy({
            userInfo,
            platformTeams: readPlatformTeams(config),
          }),
        );
      },
    });
  },
});
