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
async function writeLocalConfig(app, url, port) {
  await writeFile(
    join(app, 'app-config.local.yaml'),
    JSON.stringify({
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

/** Builds the frontend and starts the backend that serves it. Answers the address. */
export async function startStockApp(app, { node, env }) {
  const port = await freePort();
  const url = urlOf(port);
  await writeLocalConfig(app, url, port);
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
  return { url, stop: service.stop };
}

/** Tells `count` deployments of a component, one an hour, the last one an hour ago. */
export async function tellDeployments(url, service, count) {
  const events = Array.from({ length: count }, (_, index) => {
    const at = new Date(Date.now() - (index + 1) * 3_600_000).toISOString();
    return {
      type: 'deployment',
      source: 'stock-proof',
      id: `run-${index}`,
      occurredAt: at,
      finishedAt: at,
      service,
      environment: 'production',
      status: 'success',
      version: `1.0.${count - index}`,
    };
  });
  const response = await fetch(`${url}/api/delivery/events`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${TOKEN}`,
      'content-type': 'application/json',
    },
    body: JSON.stringify(events),
  });
  if (response.status !== 202) {
    throw new Problem(`POST /api/delivery/events answered ${response.status}`, [
      await response.text(),
    ]);
  }
}

/** What the Delivery tab says to a guest, once it says `expected`; fails with what it says instead. */
export async function readDeliveryTab(
  url,
  { component, expected, executablePath, picture },
) {
  const browser = await chromium.launch({
    executablePath,
    args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'],
  });
  undoAtExit(() => browser.close());
  const page = await browser.newPage({
    viewport: { width: 1280, height: 900 },
  });
  await page.goto(`${url}/catalog/default/component/${component}`);
  await page.getByRole('button', { name: 'Enter' }).click();
  await page
    .getByRole('link', { name: 'Delivery', exact: true })
    .last()
    .click();
  const card = page.getByRole('article', { name: 'Deployments', exact: true });
  try {
    await card.getByText(expected).waitFor({ timeout: 60_000 });
  } catch {
    await page.screenshot({ path: picture });
    throw new Problem(`The Delivery tab does not say "${expected}".`, [
      `What it shows instead: ${picture}`,
    ]);
  }
  const text = await card.innerText();
  await browser.close();
  return text;
}
