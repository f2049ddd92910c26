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
import { onThisMachine } from '../http/onThisMachine';

/**
 * Sign-in as one of the sample people, for development.
 *
 * Adds nothing at all unless `auth.providers.fawkes-dev` is configured, and refuses to start when
 * that is configured outside development or where other machines reach it. While it is on, all of
 * sign-in answers to browsers on this machine only, whatever stands before it.
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
          'Development sign-in is on: anybody on this machine can become any sample person',
        );
        // Modules come before their plugin, so this stands before every route of sign-in.
        httpRouter.use(onThisMachine(config));
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
