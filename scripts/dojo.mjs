// yarn dojo lint <folder> [--published <folder>] [--format text|json] [--immutable]: what is wrong with a curriculum.
import { main } from './lib/lifecycle.mjs';
import { fromRoot, root } from './lib/paths.mjs';
import { prepare } from './lib/prepare.mjs';
import { run } from './lib/processes.mjs';

await main(async () => {
  const tools = await prepare();
  const { code } = await run(
    tools.node,
    [
      '--enable-source-maps',
      '--require',
      fromRoot(
        'node_modules',
        '@backstage',
        'cli',
        'config',
        'nodeTransform.cjs',
      ),
      fromRoot('plugins', 'dojo-backend', 'src', 'cli', 'main.ts'),
      ...process.argv.slice(2),
    ],
    { cwd: root, env: tools.env },
  );
  return code;
});
