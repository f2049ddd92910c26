import { basename, join } from 'node:path';
import { undoAtExit } from '../lib/lifecycle.mjs';
import { fromRoot, root } from '../lib/paths.mjs';
import { Problem, lastLines } from '../lib/problem.mjs';
import { run } from '../lib/processes.mjs';
import { progress } from '../lib/say.mjs';
import { listWorkspaces, withDependencies } from '../lib/workspaces.mjs';

const cli = fromRoot(
  'node_modules',
  '@backstage',
  'cli',
  'bin',
  'backstage-cli',
);

async function must(what, command, args, options) {
  const { code, output } = await run(command, args, {
    ...options,
    capture: true,
  });
  if (code !== 0) throw new Problem(`${what} failed:`, lastLines(output, 30));
  return output;
}

/** The declarations the packages are published with. What is wrong elsewhere does not concern them. */
async function writeTypes({ yarn, env }) {
  const { output } = await run(
    yarn[0],
    [...yarn.slice(1), 'tsc', '--pretty', 'false'],
    { cwd: root, env, capture: true },
  );
  const wrong = output
    .split('\n')
    .filter(line => /^(packages\/kit-|plugins\/).*: error TS/.test(line));
  if (wrong.length > 0) {
    throw new Problem('The packages do not type-check:', wrong.slice(0, 20));
  }
}

/**
 * Makes of these packages, and of those here that they depend on, the tarballs that would be published. Answers their
 * names and files.
 *
 * `yarn pack` turns package.json into the published one while it works; were it interrupted, it is put back at exit.
 */
export async function packPlugins(folders, { tools, into }) {
  const bar = progress('Packing the plugins as they would be published');
  const { node, yarn, env } = tools;
  bar.note('types');
  await writeTypes(tools);
  const packed = [];
  const workspaces = withDependencies(folders, await listWorkspaces());
  for (const { folder, manifest } of workspaces) {
    bar.note(folder);
    const cwd = fromRoot(folder);
    const { name } = manifest;
    await must(`Building ${name}`, node, [cli, 'package', 'build'], {
      cwd,
      env,
    });
    const file = join(into, `${basename(folder)}.tgz`);
    const restored = undoAtExit(async () => {
      await run(node, [cli, 'package', 'postpack'], {
        cwd,
        env,
        capture: true,
      });
    });
    await must(
      `Packing ${name}`,
      yarn[0],
      [...yarn.slice(1), 'pack', '--out', file],
      { cwd, env },
    );
    await restored();
    packed.push({ name, file });
  }
  bar.done(`Packed ${packed.length} plugins`);
  return packed;
}
