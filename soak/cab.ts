/** The laws of change approval at full count: risks by the thousand, races by the round. */
import { commandLine } from './cab/options';
import { runSoak } from './lib/main';
import { runSuites } from './lib/suites';

runSoak(commandLine, ({ parts, worlds, rounds }) =>
  runSuites([
    ...(parts.has('risk')
      ? [
          {
            folder: 'plugins/cab-common',
            suite: 'src/rules/risk/score',
            runs: worlds,
          },
        ]
      : []),
    ...(parts.has('races')
      ? [
          {
            folder: 'plugins/cab-backend',
            suite: 'src/laws/races',
            runs: rounds,
          },
        ]
      : []),
  ]),
);
