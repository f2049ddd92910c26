import {
  rootHttpRouterServiceFactory,
  type RootHttpRouterConfigureContext,
} from '@backstage/backend-defaults/rootHttpRouter';
import { developmentSignInEnabled } from '../auth/developmentOnly';
import { readPlatformTeams } from '../permissions/platformTeams';
import { knownSecrets } from './development';
import { onThisMachine, upgradesOnThisMachine } from './onThisMachine';
import { refuseOpenSettings } from './openSettings';

/**
 * Stands before every route: a portal that anybody could enter, or that nobody looks after, is not
 * served at all, and one that is for this machine only answers to this machine only. The token of
 * the sample story opens a plugin just as the development sign-in does, so none is left out.
 *
 * @throws Error naming the setting that must not be, or is missing, before anything is served
 */
export function configurePortal(
  {
    app,
    server,
    config,
    applyDefaults,
  }: Pick<
    RootHttpRouterConfigureContext,
    'app' | 'server' | 'config' | 'applyDefaults'
  >,
  nodeEnv: string | undefined = process.env.NODE_ENV,
): void {
  const signIn = developmentSignInEnabled(config, nodeEnv);
  refuseOpenSettings(config, nodeEnv);
  readPlatformTeams(config);
  if (signIn || knownSecrets(config).length > 0) {
    app.use(onThisMachine(config));
    upgradesOnThisMachine(server, config);
  }
  applyDefaults();
}

/** Backstage's HTTP server with {@link configurePortal} before its routes. */
export const portalHttpRouter = rootHttpRouterServiceFactory({
  configure: context => configurePortal(context),
});
