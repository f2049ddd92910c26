// yarn e2e: the browser journeys, against a portal of their own (free port, fresh data, the built app).
//   yarn e2e --no-build …     uses packages/app/dist as it is
//   yarn e2e --dev            the smoke journeys instead, against a development server as `npm start` has it
//   yarn e2e delivery.spec    everything else is Playwright's
import { existsSync } from 'node:fs';
import {
  buildApp,
  openBrowserPortal,
  openDevelopmentPortal,
} from './lib/browserPortal.mjs';
import { provideChromium } from './lib/chromium.mjs';
import { main } from './lib/lifecycle.mjs';
import { fromRoot, root } from './lib/paths.mjs';
import { prepare } from './lib/prepare.mjs';
import { Problem } from './lib/problem.mjs';
import { run } from './lib/processes.mjs';

const config = fromRoot('e2e', 'playwright.config.ts');
const ours = ['--no-build', '--dev'];

async function openPortal(tools) {
  if (process.argv.includes('--dev')) return openDevelopmentPortal(tools);
  if (!process.argv.includes('--no-build')) await buildApp(tools);
  return openBrowserPortal(tools);
}

await main(async () => {
  const args = process.argv.slice(2).filter(arg => !ours.includes(arg));
  if (!existsSync(config)) {
    throw new Problem(
      'There are no browser tests yet (e2e/playwright.config.ts).',
    );
  }
  const tools = await prepare();
  const chromium = await provideChromium();
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
      env: { ...tools.env, ...portal.env, CHROMIUM_PATH: chromium },
    },
  );
  await portal.stop();
  return code;
});
