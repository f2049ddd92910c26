import type { RootConfigService } from '@backstage/backend-plugin-api';
import { knownSecrets, whyNotDevelopment } from './development';

const SESSION_SECRET = 'auth.session.secret';
const SHORTEST_SECRET = 24;

/**
 * Refuses settings that would leave a portal open to whoever reaches it: secrets that are written
 * down in this repository, and a session secret that is missing or can be guessed.
 *
 * @throws Error naming the setting and what to do; never the secret.
 */
export function refuseOpenSettings(
  config: RootConfigService,
  nodeEnv: string | undefined,
): void {
  const against = whyNotDevelopment(config, nodeEnv);
  if (!against) return;
  const [known] = knownSecrets(config);
  if (known) {
    throw new Error(
      `${known} is a secret that everybody knows and exists for development only, but ${against}. ` +
        `Set ${known} to a random value of your own.`,
    );
  }
  const secret = config.getOptionalString(SESSION_SECRET) ?? '';
  if (secret.length < SHORTEST_SECRET) {
    throw new Error(
      `${SESSION_SECRET} is ${
        secret ? 'too short to be secret' : 'missing'
      }, and sessions are signed with it. Set it to ${SHORTEST_SECRET} random characters or more, the same for all ` +
        'replicas; app-config.production.yaml takes it from the variable AUTH_SESSION_SECRET.',
    );
  }
}
