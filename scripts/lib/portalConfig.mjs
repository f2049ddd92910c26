import { join } from 'node:path';
import { portFrom } from './ports.mjs';

const defaults = { app: 3000, backend: 7007 };

export const portVariables = {
  app: 'FAWKES_APP_PORT',
  backend: 'FAWKES_BACKEND_PORT',
};

export const portalPorts = env => ({
  app: portFrom(portVariables.app, defaults.app, env),
  backend: portFrom(portVariables.backend, defaults.backend, env),
});

export const urlOf = port => `http://localhost:${port}`;

/**
 * Backstage reads `APP_CONFIG_<path>` variables over its configuration files. These say where the portal lives; what
 * app-config.yaml says already is not repeated, so that it stays the one place to look.
 */
export function portalConfigEnvironment({ app, backend, dataDir }) {
  const text = value => JSON.stringify(value);
  const env = {};
  if (app !== defaults.app) {
    env.APP_CONFIG_app_baseUrl = text(urlOf(app));
    env.APP_CONFIG_backend_cors_origin = text(urlOf(app));
  }
  if (backend !== defaults.backend) {
    env.APP_CONFIG_backend_baseUrl = text(urlOf(backend));
    env.APP_CONFIG_backend_listen = text({ port: backend });
  }
  if (dataDir) {
    env.APP_CONFIG_backend_database_connection_directory = text(dataDir);
    env.APP_CONFIG_provisioning_local_directory = text(
      join(dataDir, 'provisioning'),
    );
  }
  return env;
}
