// node scripts/with-tools.mjs <command> [arguments]: runs a command of this workspace with the toolchain it needs, on a
// machine that may not have it. `… with-tools.mjs yarn why react`, `… with-tools.mjs tsc`.
import { main } from './lib/lifecycle.mjs';
import { prepare } from './lib/prepare.mjs';
import { Problem } from './lib/problem.mjs';
import { run } from './lib/processes.mjs';

await main(async () => {
  const [command, ...args] = process.argv.slice(2);
  if (!command) throw new Problem('Which command? with-tools.mjs <command> …');
  const { env } = await prepare();
  const { code } = await run(command, args, { env });
  return code;
});
