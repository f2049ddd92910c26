import { existsSync } from 'node:fs';
import { fromRoot, root } from './paths.mjs';
import { run } from './processes.mjs';
import { progress, say } from './say.mjs';
import { Portal } from '../story/portal.mjs';
import { untilProcessed } from '../story/send.mjs';
import { untilMapped } from './untilMapped.mjs';
import { tokenOnceKnown } from './untilSignIn.mjs';

/**
 * Fills an empty portal with the sample organisation's history. A portal without its story is still a portal, so a
 * failure is told and not thrown. Answers whether the story is there.
 */
export async function loadSampleStory({ tools, baseUrl }) {
  const script = fromRoot('scripts', 'story.mjs');
  if (!existsSync(script)) return false;
  const bar = progress("Loading the sample organisation's story");
  const { code, output } = await run(
    tools.node,
    [script, '--if-empty', '--base-url', baseUrl],
    { cwd: root, env: tools.env, onLine: line => bar.note(line) },
  );
  const lines = output.split('\n').filter(line => line.trim());
  if (code === 0) {
    bar.note('waiting for the catalog to know the services');
    await untilCatalogCounts(baseUrl);
    bar.done(lines.at(-1) ?? 'The story is there');
    return true;
  }
  bar.stop();
  say('The sample story could not be loaded; the portal works without it.');
  lines.slice(-15).forEach(line => console.log(`    ${line}`));
  return false;
}

/**
 * Waits until what the catalog says of the services is in their numbers. Asked by somebody of the sample organisation,
 * because the story's own token may not read the catalog.
 */
async function untilCatalogCounts(baseUrl) {
  try {
    const token = await tokenOnceKnown(baseUrl, 'user:default/lena.hofmann');
    const portal = new Portal({ baseUrl, token });
    const known = await untilMapped(path => portal.get(path), {
      withinMs: 90_000,
    });
    if (!known) say('The catalog does not know all services of the story.');
    await untilProcessed(portal, { show: () => {} });
  } catch (error) {
    say(`The numbers may still change for a minute: ${error.message}`);
  }
}
