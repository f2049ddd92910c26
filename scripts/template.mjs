// yarn template:lint [--json] [--seal] [folder…]: the rules for templates; yarn template:render <name or folder> --out <folder>
// name=… owner=…: one template, rendered to a folder as the portal would.
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
      fromRoot(
        'plugins',
        'scaffolder-backend-module-service',
        'src',
        'cli',
        'main.ts',
      ),
      ...process.argv.slice(2),
    ],
    { cwd: root, env: tools.env },
  );
  return code;
});
