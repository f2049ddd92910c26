/** The laws of the provisioning plugin at full count, and kill -9 at every moment of every effect. */
import { DIALECTS } from '../bench/lib/databases';
import { runSoak } from './lib/main';
import { runLaws } from './provisioning/laws';
import { commandLine } from './provisioning/options';
import { walkOn } from './provisioning/walk';

runSoak(commandLine, async (options, say) => {
  const faults: string[] = [];
  if (options.parts.has('walk')) {
    for (const dialect of DIALECTS) {
      const found = await walkOn(dialect, options, text =>
        say(`${dialect}: ${text}`),
      );
      faults.push(...found.map(fault => `${dialect}: ${fault}`));
    }
  }
  if (options.parts.has('laws')) faults.push(...(await runLaws(options)));
  return faults;
});
