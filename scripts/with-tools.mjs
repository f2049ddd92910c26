// node scripts/with-tools.mjs <command> [arguments]: runs a command of this workspace with the toolchain it needs, on a
// machine that may not have it. `… with-tools.mjs yarn why react`, `… with-tools.mjs tsc`.
import { main } from './lib/lifecycle.mjs';
import { npmConfig, yarnEnvironmentFrom } from './lib/npm.mjs';
import { root } from './lib/paths.mjs';
import { prepare } from './lib/prepare.mjs';
import { Problem } from './lib/problem.mjs';
import { run } from './lib/processes.mjs';

/** Commands that install by themselves; a lockfile that does not fit yet is what they are given for. */
const INSTALLING = [undefined, 'install', 'add', 'remove', 'up', 'dedupe'];

await main(async () => {
  const [command, ...args] = process.argv.slice(2);
  if (!command) throw new Problem('Which command? with-tools.mjs <command> …');
  const installs = command === 'yarn' && INSTALLING.includes(args[0]);
  const { env } = await prepare({ install: !installs });
  const settings = installs ? yarnEnvironmentFrom(await npmConfig(root)) : {};
  const { code } = await run(command, args, { env: { ...env, ...settings } });
  return code;
});
