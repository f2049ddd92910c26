// A portal for a browser to visit: the built app and the API on one free port, with data of its own.
import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { undoAtExit } from './lifecycle.mjs';
import { fromRoot } from './paths.mjs';
import { startPlainBackend } from './portal.mjs';
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

/**
 * Starts a portal with the sample story. `env` is what a visitor has to be told: its address, and the secret it
 * checks the webhooks of GitHub with.
 */
export async function openBrowserPortal(tools) {
  const port = await freePort();
  const dataDir = await mkdtemp(join(tmpdir(), 'fawkes-e2e-'));
  undoAtExit(() => rm(dataDir, { recursive: true, force: true }));
  const secret = { GITHUB_WEBHOOK_SECRET: randomUUID() };
  const bar = progress('Starting a portal with fresh data');
  const portal = await startPlainBackend({
    tools: { ...tools, env: { ...tools.env, ...secret } },
    where: { app: port, backend: port, dataDir },
    logDir: fromRoot('.data', 'logs', 'e2e'),
    onLine: line => bar.note(line.slice(0, 90)),
  });
  await portal.ready();
  bar.done('The portal answers');
  await loadSampleStory({ tools, baseUrl: urlOf(port) });
  return {
    url: urlOf(port),
    env: { PLAYWRIGHT_URL: urlOf(port), ...secret },
    stop: portal.stop,
  };
}
