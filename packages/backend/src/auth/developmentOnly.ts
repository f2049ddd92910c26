import type { RootConfigService } from '@backstage/backend-plugin-api';

/** Identifier of the development sign-in, also its key under `auth.providers`. */
export const DEV_PROVIDER_ID = 'fawkes-dev';

const CONFIG_PATH = `auth.providers.${DEV_PROVIDER_ID}`;

/**
 * Whether the development sign-in is switched on, after making sure that it may be.
 *
 * It lets anybody become anybody without a password, so it fails closed: every sign of
 * production, and every doubt (an unset NODE_ENV, an unset environment), is an error at start.
 *
 * @throws Error naming the setting to change, when it is configured outside development.
 */
export function developmentSignInEnabled(
  config: RootConfigService,
  nodeEnv: string | undefined,
): boolean {
  if (!config.has(CONFIG_PATH)) {
    return false;
  }
  const refuse = (reason: string) => {
    throw new Error(
      `${CONFIG_PATH} lets anybody sign in as anybody and exists for development only, but ${reason}. ` +
        `Remove ${CONFIG_PATH} from the configuration and configure a real provider (see packages/backend/README.md).`,
    );
  };
  if (nodeEnv !== 'development' && nodeEnv !== 'test') {
    refuse(`NODE_ENV is '${nodeEnv ?? ''}'`);
  }
  const environment = config.getOptionalString('auth.environment');
  if (environment !== 'development') {
    refuse(`auth.environment is '${environment ?? ''}'`);
  }
  return true;
}
