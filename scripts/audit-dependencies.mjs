// yarn audit:dependencies: what the published packages rely on directly, how old it is, under which licence, what it runs
// when it is installed, and what is known against it. Whatever could not be asked is said, and is not a pass.
//   yarn audit:dependencies             a table
//   yarn audit:dependencies --json      the same for programs
// Ends with 0: all asked and in order. 1: something is not in order. 2: something could not be asked.
import { audit } from './audit/audit.mjs';
import { formatReport } from './audit/table.mjs';
import { main } from './lib/lifecycle.mjs';
import { npmConfig, yarnEnvironmentFrom } from './lib/npm.mjs';
import { root } from './lib/paths.mjs';
import { prepare } from './lib/prepare.mjs';
import { Problem } from './lib/problem.mjs';
import { sayOnStderr } from './lib/say.mjs';

await main(async () => {
  const options = process.argv.slice(2);
  const unknown = options.find(option => option !== '--json');
  if (unknown) {
    throw new Problem(`Unknown option ${unknown}.`, [
      'yarn audit:dependencies [--json]',
    ]);
  }
  const json = options.length > 0;
  if (json) sayOnStderr();
  const { yarn, env } = await prepare();
  const report = await audit({
    root,
    yarn,
    env: { ...env, ...yarnEnvironmentFrom(await npmConfig(root)) },
    now: Date.now(),
  });
  console.log(json ? JSON.stringify(report, null, 2) : formatReport(report));
  return report.exitCode;
});
