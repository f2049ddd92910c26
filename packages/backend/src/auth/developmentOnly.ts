import type { RootConfigService } from '@backstage/backend-plugin-api';
import { whyNotDevelopment } from '../http/development';

/** Identifier of the development sign-in, also its key under `auth.providers`. */
export const DEV_PROVIDER_ID = 'fawkes-dev';

const CONFIG_PATH = `auth.providers.${DEV_PROVIDER_ID}`;

/**
 * Whether the development sign-in is switched on, after making sure that it may be: it lets anybody
 * who reaches it become anybody without a password.
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
  const against = whyNotDevelopment(config, nodeEnv);
  if (against) {
    throw new Error(
      `${CONFIG_PATH} lets anybody sign in as anybody and exists for development only, but ${against}. ` +
        `Where that is meant, remove ${CONFIG_PATH} from the configuration and configure a real provider (see packages/backend/README.md).`,
    );
  }
  return true;
}
