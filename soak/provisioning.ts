/** The laws of the provisioning plugin at full count, and kill -9 at every moment of every effect. */
import { DIALECTS } from '../bench/lib/databases';
import { runSoak } from './lib/main';
import { crashOn } from './provisioning/crash';
import { runLaws } from './provisioning/laws';
import { commandLine } from './provisioning/options';
import { walkOn } from './provisioning/walk';

const deadly = { crash: crashOn, walk: walkOn } as const;

runSoak(commandLine, async (options, say) => {
  const faults: string[] = [];
  for (const part of ['crash', 'walk'] as const) {
    if (!options.parts.has(part)) continue;
    for (const dialect of DIALECTS) {
      const found = await deadly[part](dialect, options, text =>
        say(`${dialect}: ${text}`),
      );
      faults.push(...found.map(fault => `${dialect}: ${fault}`));
    }
  }
  if (options.parts.has('laws')) faults.push(...(await runLaws(options)));
  return faults;
});
