// yarn prove:stock-app: every family works alone in an app as Backstage makes it, with at most three lines added.
//   yarn prove:stock-app delivery   one family
//   yarn prove:stock-app --keep     leaves the apps where they are, to look at them
// Makes an app in a temporary folder, installs the plugins from tarballs as they would be published, starts it and lets
// scripts/stockApp/families/<family>.mjs use it. Takes minutes and 2 GB for each.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { provideChromium } from './lib/chromium.mjs';
import { needDiskSpace } from './lib/disk.mjs';
import { main, undoAtExit } from './lib/lifecycle.mjs';
import { fromRoot } from './lib/paths.mjs';
import { prepare } from './lib/prepare.mjs';
import { say } from './lib/say.mjs';
import {
  addDependencies,
  addResolutions,
  addToBackend,
  createStockApp,
  installApp,
} from './stockApp/create.mjs';
import { packageName, stockFamilies } from './stockApp/families.mjs';
import { packPlugins } from './stockApp/pack.mjs';
import { openBrowser, startStockApp } from './stockApp/run.mjs';

const USAGE = `Usage: yarn prove:stock-app [family …] [--keep]
  --keep   leaves the apps where they are, to look at them`;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { keep: { type: 'boolean' }, help: { type: 'boolean', short: 'h' } },
});

/** Makes an app with a family in it; answers its folder. */
async function appWith({ packages, lines }, { dir, tools }) {
  const packed = await packPlugins(Object.values(packages).flat(), {
    tools,
    into: dir,
  });
  const app = await createStockApp({ dir, tools });
  await addResolutions(app, packed);
  for (const [workspace, folders] of Object.entries(packages)) {
    const names = await Promise.all(folders.map(packageName));
    const added = packed.filter(({ name }) => names.includes(name));
    await addDependencies(app, workspace, added);
  }
  await addToBackend(app, lines);
  await installApp(app, tools);
  return app;
}

async function proveFamily(family, { tools, executablePath }) {
  const dir = await mkdtemp(join(tmpdir(), `fawkes-stock-${family.name}-`));
  await needDiskSpace(dir, 4e9, 'making a stock app');
  const removed = values.keep
    ? () => say(`The app stays in ${dir}`)
    : undoAtExit(() => rm(dir, { recursive: true, force: true }));

  const app = await appWith(family, { dir, tools });
  const portal = await startStockApp(app, tools, family.settings?.(app));
  const browser = await openBrowser(portal.url, {
    executablePath,
    picture: fromRoot('test-results', `stock-app-${family.name}.png`),
  });
  const seen = await browser.whileWatched(() =>
    family.prove({ ...portal, openAsGuest: browser.openAsGuest }),
  );
  await browser.close();
  await portal.stop();
  await removed();

  seen.forEach(line => say(line));
  say(`Added to a stock app for ${family.name}:`);
  for (const [workspace, folders] of Object.entries(family.packages)) {
    const names = await Promise.all(folders.map(packageName));
    console.log(`    yarn workspace ${workspace} add ${names.join(' ')}`);
  }
  console.log('    packages/backend/src/index.ts:');
  family.lines.forEach(line => console.log(`      ${line}`));
}

await main(async () => {
  if (values.help) {
    console.log(USAGE);
    return;
  }
  const families = await stockFamilies(positionals);
  const tools = await prepare();
  const executablePath = await provideChromium();
  for (const family of families) {
    await proveFamily(family, { tools, executablePath });
  }
});
