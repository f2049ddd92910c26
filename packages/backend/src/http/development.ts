import { readHttpServerOptions } from '@backstage/backend-defaults/rootHttpRouter';
import type { RootConfigService } from '@backstage/backend-plugin-api';
import { isLoopback } from './loopback';

/**
 * What speaks against this being a portal on a developer's own machine, where what everybody knows
 * harms nobody; undefined when nothing does.
 *
 * It fails closed: every sign of production, and every doubt (an unset NODE_ENV, an unset
 * environment, a listener without an address), speaks against it.
 */
export function whyNotDevelopment(
  config: RootConfigService,
  nodeEnv: string | undefined,
): string | undefined {
  if (nodeEnv !== 'development' && nodeEnv !== 'test') {
    return `NODE_ENV is '${nodeEnv ?? ''}'`;
  }
  const environment = config.getOptionalString('auth.environment');
  if (environment !== 'development') {
    return `auth.environment is '${environment ?? ''}'`;
  }
  // As Backstage reads it, in all its forms; without a host it listens everywhere.
  const { host } = readHttpServerOptions(
    config.getOptionalConfig('backend'),
  ).listen;
  if (!isLoopback(host)) {
    return `backend.listen has the host '${host}', where other machines reach it (set backend.listen.host to 127.0.0.1, ::1 or localhost)`;
  }
  return undefined;
}

/** Begins every secret of app-config.yaml, so that each is known again wherever it turns up. */
const KNOWN_TO_EVERYBODY = 'fawkes-development-only-';

/** Paths of the secrets in a configuration that are written down in this repository. */
export function knownSecrets(config: RootConfigService): string[] {
  return ['auth', 'backend.auth'].flatMap(path =>
    findKnown(config.getOptional(path), path),
  );
}

function findKnown(value: unknown, path: string): string[] {
  if (typeof value === 'string') {
    return value.startsWith(KNOWN_TO_EVERYBODY) ? [path] : [];
  }
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, part]) =>
    findKnown(
      part,
      Array.isArray(value) ? `${path}[${name}]` : `${path}.${name}`,
    ),
  );
}
