// yarn prove:stock-app: the delivery plugins work in an app as Backstage makes it, with at most three lines added.
//   yarn prove:stock-app --keep     leaves the app where it is, to look at it
// Makes the app in a temporary folder, installs the plugins from tarballs as they would be published, tells it a few
// deployments over HTTP, and reads the number off the Delivery tab in a browser. Takes minutes and 2 GB.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
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
import { packPlugins } from './stockApp/pack.mjs';
import {
  readDeliveryTab,
  startStockApp,
  tellDeployments,
} from './stockApp/run.mjs';

const FOLDERS = [
  'plugins/delivery',
  'plugins/delivery-backend',
  'plugins/delivery-backend-module-github',
];

/** Every line somebody has to write. The frontend finds its plugin by itself. */
const LINES = [
  "backend.add(import('@fawkes/backstage-plugin-delivery-backend'));",
  "backend.add(import('@fawkes/backstage-plugin-delivery-backend-module-github'));",
];

const COMPONENT = 'example-website';
const DEPLOYMENTS = 5;

await main(async () => {
  const tools = await prepare();
  const executablePath = await provideChromium();
  const dir = await mkdtemp(join(tmpdir(), 'fawkes-stock-'));
  await needDiskSpace(dir, 4e9, 'making a stock app');
  if (process.argv.includes('--keep')) say(`The app stays in ${dir}`);
  else undoAtExit(() => rm(dir, { recursive: true, force: true }));

  const packed = await packPlugins(FOLDERS, { tools, into: dir });
  const app = await createStockApp({ dir, tools });
  const named = ending => packed.filter(({ name }) => name.endsWith(ending));
  await addResolutions(app, packed);
  await addDependencies(app, 'app', named('-delivery'));
  await addDependencies(app, 'backend', [
    ...named('-delivery-backend'),
    ...named('-delivery-backend-module-github'),
  ]);
  await addToBackend(app, LINES);
  await installApp(app, tools);

  const portal = await startStockApp(app, tools);
  await tellDeployments(
    portal.url,
    `component:default/${COMPONENT}`,
    DEPLOYMENTS,
  );
  const card = await readDeliveryTab(portal.url, {
    component: COMPONENT,
    expected: `${DEPLOYMENTS} deployments reached production`,
    executablePath,
    picture: fromRoot('test-results', 'stock-app.png'),
  });
  await portal.stop();

  say(`The Delivery tab of ${COMPONENT} says:`);
  console.log(card.replace(/^/gm, '    '));
  say('Added to a stock app:');
  console.log(`    yarn workspace app add ${named('-delivery')[0].name}`);
  console.log(
    `    yarn workspace backend add ${LINES.map(
      line => line.match(/'(.*)'/)[1],
    ).join(' ')}`,
  );
  console.log('    packages/backend/src/index.ts:');
  LINES.forEach(line => console.log(`      ${line}`));
});
