import { mkdir, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { usageOf } from './commandLine';
import {
  commandLineOf,
  readBenchOptions,
  type Benchmark,
  type BenchOptions,
} from './options';

/**
 * The body of `bench/<family>.ts`: reads the command line, runs the benchmark,
 * prints its report and writes it where `--out` says.
 */
export function runBenchmark<P extends string, N extends string>(
  benchmark: Benchmark<P, N>,
  run: (
    options: BenchOptions<P, N>,
    say: (text: string) => void,
  ) => Promise<string>,
): void {
  runMain(async args => {
    const options = readBenchOptions(args, benchmark);
    if (!options) {
      process.stdout.write(`${usageOf(commandLineOf(benchmark))}\n`);
      return;
    }
    const report = await run(options, text =>
      process.stderr.write(
        `${new Date().toISOString().slice(11, 19)} ${text}\n`,
      ),
    );
    process.stdout.write(`\n${report}`);
    if (options.out) {
      await mkdir(dirname(options.out), { recursive: true });
      await writeFile(options.out, report);
    }
  });
}

/** Runs a command; what it throws is printed and makes it fail. */
export function runMain(main: (args: string[]) => Promise<void>): void {
  main(process.argv.slice(2)).catch(error => {
    process.stderr.write(`${error instanceof Error ? error.stack : error}\n`);
    process.exitCode = 1;
  });
}
