// yarn e2e: the browser journeys, against a portal of their own (free port, fresh data, the built app).
//   yarn e2e --no-build …     uses packages/app/dist as it is
//   yarn e2e delivery.spec    everything else is Playwright's
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { provideChromium } from './lib/chromium.mjs';
import { main, undoAtExit } from './lib/lifecycle.mjs';
import { fromRoot, root } from './lib/paths.mjs';
import { startPlainBackend } from './lib/portal.mjs';
import { urlOf } from './lib/portalConfig.mjs';
import { freePort } from './lib/ports.mjs';
import { prepare } from './lib/prepare.mjs';
import { Problem, lastLines, recogniseFailure } from './lib/problem.mjs';
import { run } from './lib/processes.mjs';
import { loadSampleStory } from './lib/sampleStory.mjs';
import { progress } from './lib/say.mjs';

const config = fromRoot('e2e', 'playwright.config.ts');

/** The backend serves the built app, which is quicker and steadier than a development server. */
async function buildApp(tools) {
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

/** One process, one port: the app and the API have the same address, as in production. */
async function openPortal(tools) {
  const port = await freePort();
  const dataDir = await mkdtemp(join(tmpdir(), 'fawkes-e2e-'));
  undoAtExit(() => rm(dataDir, { recursive: true, force: true }));
  const bar = progress('Starting a portal with fresh data');
  const portal = await startPlainBackend({
    tools,
    where: { app: port, backend: port, dataDir },
    logDir: fromRoot('.data', 'logs', 'e2e'),
    onLine: line => bar.note(line.slice(0, 90)),
  });
  await portal.ready();
  bar.done('The portal answers');
  await loadSampleStory({ tools, baseUrl: urlOf(port) });
  return { url: urlOf(port), stop: portal.stop };
}

await main(async () => {
  const args = process.argv.slice(2).filter(arg => arg !== '--no-build');
  if (!existsSync(config)) {
    throw new Problem(
      'There are no browser tests yet (e2e/playwright.config.ts).',
    );
  }
  const tools = await prepare();
  const chromium = await provideChromium();
  if (!process.argv.includes('--no-build')) await buildApp(tools);
  const portal = await openPortal(tools);

  const { code } = await run(
    tools.node,
    [
      fromRoot('node_modules', '@playwright', 'test', 'cli.js'),
      'test',
      '--config',
      config,
      ...args,
    ],
    {
      cwd: root,
      env: {
        ...tools.env,
        PLAYWRIGHT_URL: portal.url,
        CHROMIUM_PATH: chromium,
      },
    },
  );
  await portal.stop();
  return code;
});
