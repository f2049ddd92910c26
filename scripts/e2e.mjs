// yarn e2e: the browser journeys, against a portal of their own (free port, fresh data, the built app).
//   yarn e2e --no-build …     uses packages/app/dist as it is
//   yarn e2e delivery.spec    everything else is Playwright's
import { existsSync } from 'node:fs';
import { buildApp, openBrowserPortal } from './lib/browserPortal.mjs';
import { provideChromium } from './lib/chromium.mjs';
import { main } from './lib/lifecycle.mjs';
import { fromRoot, root } from './lib/paths.mjs';
import { prepare } from './lib/prepare.mjs';
import { Problem } from './lib/problem.mjs';
import { run } from './lib/processes.mjs';

const config = fromRoot('e2e', 'playwright.config.ts');

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
  const portal = await openBrowserPortal(tools);

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
