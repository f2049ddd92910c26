// Portals for a browser to visit, on free ports and with data of their own: the built app, or a development server.
import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { undoAtExit } from './lifecycle.mjs';
import { fromRoot } from './paths.mjs';
import { startFrontend, startPlainBackend } from './portal.mjs';
import { urlOf } from './portalConfig.mjs';
import { freePort } from './ports.mjs';
import { Problem, lastLines, recogniseFailure } from './problem.mjs';
import { run } from './processes.mjs';
import { loadSampleStory } from './sampleStory.mjs';
import { progress } from './say.mjs';

/** The backend serves the built app, which is quicker and steadier than a development server. */
export async function buildApp(tools) {
  const bar = progress('Building the app');
  const { code, output } = await run(
    tools.node,
    [
      fromRoot('node_modules', '@backstage', 'cli', 'bin', 'backstage-cli'),
      'package',
      'build',
    ],
    { cwd: fromRoot('packages', 'app'), env: tools.env, capture: true },
  );
  if (code === 0) {
    bar.done('Built the app');
    return;
  }
  bar.stop();
  throw (
    recogniseFailure(output, 'building the app') ??
    new Problem('The app could not be built:', lastLines(output, 40))
  );
}

/** What nobody else has: a folder for data, and the secret that GitHub's webhooks are checked with. */
async function ownGround(tools) {
  const dataDir = await mkdtemp(join(tmpdir(), 'fawkes-e2e-'));
  undoAtExit(() => rm(dataDir, { recursive: true, force: true }));
  const secret = { GITHUB_WEBHOOK_SECRET: randomUUID() };
  // A journey does not wait ten minutes for news that come late.
  const soon = { APP_CONFIG_cab_deployments_graceMinutes: '0' };
  return {
    dataDir,
    secret,
    tools: { ...tools, env: { ...tools.env, ...secret, ...soon } },
  };
}

/**
 * Starts a portal with the sample story: app and API on one address. `env` is what a visitor has to be told: where it
 * is, and the secret it checks the webhooks of GitHub with.
 */
export async function openBrowserPortal(tools) {
  const port = await freePort();
  const own = await ownGround(tools);
  const bar = progress('Starting a portal with fresh data');
  const portal = await startPlainBackend({
    tools: own.tools,
    where: { app: port, backend: port, dataDir: own.dataDir },
    logDir: fromRoot('.data', 'logs', 'e2e'),
    onLine: line => bar.note(line.slice(0, 90)),
  });
  await portal.ready();
  bar.done('The portal answers');
  await loadSampleStory({ tools, baseUrl: urlOf(port) });
  return {
    url: urlOf(port),
    env: { PLAYWRIGHT_URL: urlOf(port), ...own.secret },
    stop: portal.stop,
  };
}

/**
 * Starts the frontend as a developer has it, which tells errors that the built app keeps to itself, with a backend of
 * its own on another address and the sample story.
 */
export async function openDevelopmentPortal(tools) {
  const [app, backend] = await Promise.all([freePort(), freePort()]);
  const own = await ownGround(tools);
  const bar = progress('Starting a development server with fresh data');
  const options = {
    tools: own.tools,
    where: { app, backend, dataDir: own.dataDir },
    logDir: fromRoot('.data', 'logs', 'e2e-dev'),
    onLine: line => bar.note(line.slice(0, 90)),
  };
  const services = await Promise.all(
    [startPlainBackend, startFrontend].map(begin => begin(options)),
  );
  const [api, page] = services.map(service => service.ready());
  const bothReady = Promise.all([api, page]).then(() =>
    bar.done('The development server and its backend answer'),
  );
  // The story needs the backend only, so it does not wait for the frontend's compiler.
  const story = api.then(() =>
    loadSampleStory({ tools, baseUrl: urlOf(backend) }),
  );
  await Promise.all([bothReady, story]);
  return {
    url: urlOf(app),
    env: {
      PLAYWRIGHT_URL: urlOf(app),
      PLAYWRIGHT_API_URL: urlOf(backend),
      ...own.secret,
    },
    stop: () => Promise.all(services.map(service => service.stop())),
  };
}
