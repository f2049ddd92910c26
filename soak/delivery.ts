/** The laws of the delivery plugin at full count, and kill -9 by the dozen. */
import { DIALECTS } from '../bench/lib/databases';
import { crashOn } from './delivery/crash';
import { runLaws } from './delivery/laws';
import { commandLine } from './delivery/options';
import { runSoak } from './lib/main';

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
  if (options.parts.has('laws')) faults.push(...(await runLaws(options)));
  return faults;
});
