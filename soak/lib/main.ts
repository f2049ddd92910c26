import {
  readCommandLine,
  usageOf,
  type Asked,
  type CommandLine,
} from '../../bench/lib/commandLine';
import { runMain } from '../../bench/lib/main';

/**
 * The body of `soak/<family>.ts`: reads the command line, looks for faults, and
 * fails when there are any.
 */
export function runSoak<P extends string, N extends string>(
  line: CommandLine<P, N>,
  search: (
    options: Asked<P, N>,
    say: (text: string) => void,
  ) => Promise<string[]>,
): void {
  const say = (text: string) => process.stdout.write(`${text}\n`);
  runMain(async args => {
    const options = readCommandLine(args, line);
    if (!options) {
      say(usageOf(line));
      return;
    }
    const faults = await search(options, say);
    for (const fault of faults) say(`FAULT ${fault}`);
    say(faults.length === 0 ? 'Nothing broke.' : `${faults.length} faults.`);
    process.exitCode = faults.length === 0 ? 0 : 1;
  });
}
