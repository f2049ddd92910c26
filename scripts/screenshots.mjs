// yarn screenshots: the pictures of the documentation, docs/images/<page>-<theme>[-narrow].png.
//   yarn screenshots                 a portal of its own with the sample story
//   yarn screenshots --no-build      uses packages/app/dist as it is
//   yarn screenshots dora quality    these pages only
// With PLAYWRIGHT_URL set, the portal there is photographed as it is.
import { mkdir } from 'node:fs/promises';
import { buildApp, openBrowserPortal } from './lib/browserPortal.mjs';
import { provideChromium } from './lib/chromium.mjs';
import { main } from './lib/lifecycle.mjs';
import { fromRoot } from './lib/paths.mjs';
import { prepare } from './lib/prepare.mjs';
import { Problem } from './lib/problem.mjs';
import { progress, say } from './lib/say.mjs';
import { openCamera } from './screenshots/camera.mjs';
import { findPages } from './screenshots/pages.mjs';

const folder = fromRoot('docs', 'images');

async function portalUrl(tools) {
  if (process.env.PLAYWRIGHT_URL) return process.env.PLAYWRIGHT_URL;
  if (!process.argv.includes('--no-build')) await buildApp(tools);
  return (await openBrowserPortal(tools)).url;
}

await main(async () => {
  const tools = await prepare();
  const executablePath = await provideChromium();
  const baseUrl = await portalUrl(tools);
  const camera = await openCamera({ baseUrl, executablePath });
  const pages = await findPages(camera.ask);

  const wanted = process.argv.slice(2).filter(arg => !arg.startsWith('--'));
  const unknown = wanted.find(name => !pages.some(page => page.name === name));
  if (unknown) {
    throw new Problem(`There is no picture called ${unknown}.`, [
      `There are: ${pages.map(({ name }) => name).join(', ')}`,
    ]);
  }
  const chosen = pages.filter(
    ({ name }) => wanted.length === 0 || wanted.includes(name),
  );

  await mkdir(folder, { recursive: true });
  const bar = progress('Taking pictures');
  let bytes = 0;
  for (const page of chosen) {
    bar.note(page.name);
    bytes += await camera.photograph(page, folder);
  }
  bar.done(`Took the pictures of ${chosen.length} pages`);
  say(`${(bytes / 1e6).toFixed(1)} MB in docs/images`);
});
