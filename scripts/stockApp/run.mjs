import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { chromium } from '@playwright/test';
import { undoAtExit } from '../lib/lifecycle.mjs';
import { freePort } from '../lib/ports.mjs';
import { urlOf } from '../lib/portalConfig.mjs';
import { Problem, lastLines } from '../lib/problem.mjs';
import { run } from '../lib/processes.mjs';
import { progress } from '../lib/say.mjs';
import { startService } from '../lib/service.mjs';

const TOKEN = 'stock-app-proof-only-token';

/** Settings of this run, not of the installation: a free port, and a token to send events with. */
async function writeLocalConfig(app, { url, port, settings }) {
  await writeFile(
    join(app, 'app-config.local.yaml'),
    JSON.stringify({
      ...settings,
      app: { baseUrl: url },
      backend: {
        baseUrl: url,
        listen: { port, host: '127.0.0.1' },
        auth: {
          externalAccess: [
            { type: 'static', options: { token: TOKEN, subject: 'proof' } },
          ],
        },
      },
    }),
  );
}

/**
 * Builds the frontend and starts the backend that serves it. Answers its address, and a token to send with.
 *
 * @param settings - what a family has switched on
 */
export async function startStockApp(app, { node, env }, settings = {}) {
  const port = await freePort();
  const url = urlOf(port);
  await writeLocalConfig(app, { url, port, settings });
  const cli = join(app, 'node_modules', '@backstage', 'cli');

  const building = progress('Building its frontend');
  const { code, output } = await run(
    node,
    [join(cli, 'bin', 'backstage-cli'), 'package', 'build'],
    { cwd: join(app, 'packages', 'app'), env, capture: true },
  );
  if (code !== 0) {
    building.stop();
    throw new Problem('Its frontend does not build:', lastLines(output, 40));
  }
  building.done('Built its frontend');

  const starting = progress('Starting its backend');
  const service = await startService({
    name: 'stock backend',
    command: node,
    args: ['--require', join(cli, 'config', 'nodeTransform.cjs'), 'src/index'],
    cwd: join(app, 'packages', 'backend'),
    env: { ...env, NODE_ENV: 'development' },
    logFile: join(app, 'backend.log'),
    onLine: line => starting.note(line.slice(0, 70)),
  });
  await service.untilAnswers(`${url}/.backstage/health/v1/readiness`, 180_000);
  starting.done('Its backend answers');
  return { url, token: TOKEN, stop: service.stop };
}

/**
 * A browser for whoever proves something: `openAsGuest` goes to a path of the
 * app and signs in; `whileWatched` takes a picture of what is seen when it fails.
 */
export async function openBrowser(url, { executablePath, picture }) {
  const browser = await chromium.launch({
    executablePath,
    args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'],
  });
  const closed = undoAtExit(() => browser.close());
  const page = await browser.newPage({
    viewport: { width: 1280, height: 900 },
  });
  return {
    close: closed,
    openAsGuest: async path => {
      await page.goto(`${url}${path}`);
      await page.getByRole('button', { name: 'Enter' }).click();
      return page;
    },
    whileWatched: async prove => {
      try {
        return await prove();
      } catch (error) {
        await page.screenshot({ path: picture });
        throw new Problem(error.message, [`What it showed: ${picture}`]);
      }
    },
  };
}
