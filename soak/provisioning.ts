/** The laws of the provisioning plugin at full count, and kill -9 by the dozen. */
import { DIALECTS } from '../bench/lib/databases';
import { runSoak } from './lib/main';
import { runSuites } from './lib/suites';
import { crashOn } from './provisioning/crash';
import { commandLine } from './provisioning/options';

runSoak(commandLine, async (options, say) => {
  const faults: string[] = [];
  if (options.parts.has('crash')) {
    for (const dialect of DIALECTS) {
      const found = await crashOn(dialect, options, text =>
        say(`${dialect}: ${text}`),
      );
      faults.push(...found.map(fault => `${dialect}: ${fault}`));
    }
  }
  if (options.parts.has('laws')) {
    const folder = 'plugins/provisioning-backend';
    const suites = ['src/laws/commands', 'src/laws/crash'];
    faults.push(
      ...(await runSuites(
        suites.map(suite => ({ folder, suite, runs: options.runs })),
      )),
    );
  }
  return faults;
});
