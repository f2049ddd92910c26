import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import {
  authProvidersExtensionPoint,
  createProxyAuthProviderFactory,
} from '@backstage/plugin-auth-node';
import Router from 'express-promise-router';
import {
  developmentAuthenticator,
  samplePersonResolver,
} from './developmentAuthenticator';
import { DEV_PROVIDER_ID, developmentSignInEnabled } from './developmentOnly';
import { people } from './samplePeople';

/**
 * Sign-in as one of the sample people, for development.
 *
 * Adds nothing at all unless `auth.providers.fawkes-dev` is configured, and refuses to start
 * when that is configured outside development.
 */
export const developmentSignInModule = createBackendModule({
  pluginId: 'auth',
  moduleId: 'fawkes-dev-provider',
  register(reg) {
    reg.registerInit({
      deps: {
        providers: authProvidersExtensionPoint,
        config: coreServices.rootConfig,
        httpRouter: coreServices.httpRouter,
        logger: coreServices.logger,
      },
      async init({ providers, config, httpRouter, logger }) {
        if (!developmentSignInEnabled(config, process.env.NODE_ENV)) {
          return;
        }
        logger.warn(
          'Development sign-in is on: anybody who reaches this backend can become any sample person',
        );
        providers.registerProvider({
          providerId: DEV_PROVIDER_ID,
          factory: createProxyAuthProviderFactory({
            authenticator: developmentAuthenticator,
            signInResolver: samplePersonResolver,
          }),
        });
        const router = Router();
        router.get(`/${DEV_PROVIDER_ID}/people`, (_req, res) => {
          res.json({ people });
        });
        httpRouter.use(router);
      },
    });
  },
});
