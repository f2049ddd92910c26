import { fromRoot } from './paths.mjs';
import { portalConfigEnvironment, urlOf } from './portalConfig.mjs';
import { startService } from './service.mjs';

const cli = fromRoot(
  'node_modules',
  '@backstage',
  'cli',
  'bin',
  'backstage-cli',
);
const transform = fromRoot(
  'node_modules',
  '@backstage',
  'cli',
  'config',
  'nodeTransform.cjs',
);

const readinessPath = '/.backstage/health/v1/readiness';
const startMs = 300_000;

const developmentEnvironment = (tools, where) => ({
  ...tools.env,
  NODE_ENV: 'development',
  BROWSER: 'none', // the address is printed when everything is ready, not opened when half of it is
  ...portalConfigEnvironment(where),
});

function withReadiness(service, url) {
  return { ...service, ready: () => service.untilAnswers(url, startMs) };
}

/** The backend as a developer wants it: restarted when its source changes. */
export async function startBackend({ tools, where, logDir, onLine }) {
  const service = await startService({
    name: 'backend',
    command: tools.node,
    args: [
      cli,
      'package',
      'start',
      `--require=${fromRoot('scripts', 'lib', 'announceExit.cjs')}`,
    ],
    cwd: fromRoot('packages', 'backend'),
    env: developmentEnvironment(tools, where),
    logFile: `${logDir}/backend.log`,
    isFatal: line => line.startsWith('[fawkes] backend ended'),
    onLine,
  });
  return withReadiness(service, `${urlOf(where.backend)}${readinessPath}`);
}

/** The backend alone, without anything that watches its source: what is measured and tested does not restart. */
export async function startPlainBackend({ tools, where, logDir, onLine }) {
  const service = await startService({
    name: 'backend',
    command: tools.node,
    args: ['--enable-source-maps', '--require', transform, 'src/index'],
    cwd: fromRoot('packages', 'backend'),
    env: developmentEnvironment(tools, where),
    logFile: `${logDir}/backend.log`,
    onLine,
  });
  return withReadiness(service, `${urlOf(where.backend)}${readinessPath}`);
}

/** The frontend's development server; it answers once the first compilation is over. */
export async function startFrontend({ tools, where, logDir, onLine }) {
  const service = await startService({
    name: 'frontend',
    command: tools.node,
    args: [cli, 'package', 'start'],
    cwd: fromRoot('packages', 'app'),
    env: developmentEnvironment(tools, where),
    logFile: `${logDir}/frontend.log`,
    onLine,
  });
  return withReadiness(service, urlOf(where.app));
}
