import { existsSync } from 'node:fs';
import { fromRoot, root } from './paths.mjs';
import { run } from './processes.mjs';
import { progress, say } from './say.mjs';

/**
 * Fills an empty portal with the sample organisation's story, by the command that anybody can give. A portal without its
 * story is still a portal, so a failure is told and not thrown. Answers whether the story is there.
 */
export async function loadSampleStory({ tools, baseUrl }) {
  const script = fromRoot('scripts', 'story.mjs');
  if (!existsSync(script)) return false;
  const bar = progress("Loading the sample organisation's story");
  const { code, output } = await run(
    tools.node,
    [script, '--if-empty', '--until-counted', '--base-url', baseUrl],
    { cwd: root, env: tools.env, onLine: line => bar.note(line) },
  );
  const lines = output.split('\n').filter(line => line.trim());
  if (code === 0) {
    bar.done(lines.at(-1) ?? 'The story is there');
    return true;
  }
  bar.stop();
  say('The sample story could not be loaded; the portal works without it.');
  lines.slice(-15).forEach(line => console.log(`    ${line}`));
  return false;
}
