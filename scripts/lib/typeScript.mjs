import { fromRoot, root } from './paths.mjs';
import { run } from './processes.mjs';

/** Runs a TypeScript file of this repository in a process of its own; its exit code. */
export async function runTypeScript({ node, env }, file, args, more = {}) {
  const { code } = await run(
    node,
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
      file,
      ...args,
    ],
    { cwd: root, env: { ...env, ...more } },
  );
  return code;
}
