import {
  readCommandLine,
  type Asked,
  type CommandLine,
  type NumberOption,
} from './commandLine';
import { DIALECTS, type Dialect } from './databases';

/** What a family measures, and what about it can be set. */
export interface Benchmark<Part extends string, Name extends string> {
  family: string;
  /** What can be measured, in the order it is. */
  parts: readonly Part[];
  /** Its numbers; `scale` and `seed` every family has. */
  numbers: Record<Name, NumberOption>;
  /** What `--scale 1` is. */
  fullScale: string;
}

/** What a benchmark is asked. */
export type BenchOptions<Part extends string, Name extends string> = Omit<
  Asked<Part, Name | 'scale' | 'seed', 'out', 'plans' | 'keep'>,
  'dialect'
> & { dialect: Dialect };

const TEXTS = {
  dialect: 'pg (default) or sqlite',
  out: 'write the report to this file as well',
};
const SWITCHES = {
  plans: 'print all query plans, not only of what misses its target',
  keep: 'keep the databases, and use them when they are there',
};

/** The command line of a benchmark. */
export function commandLineOf<P extends string, N extends string>({
  family,
  parts,
  numbers,
  fullScale,
}: Benchmark<P, N>): CommandLine<
  P,
  N | 'scale' | 'seed',
  keyof typeof TEXTS,
  keyof typeof SWITCHES
> {
  return {
    command: `yarn bench ${family}`,
    parts,
    numbers: {
      scale: {
        about: `share of the full data set; 1 = ${fullScale}`,
        default: 0.01,
        small: 0.002,
        least: 0.0001,
      },
      ...numbers,
      seed: { about: 'of the data', default: 1, least: 0 },
    },
    texts: TEXTS,
    switches: SWITCHES,
  };
}

/**
 * Reads the command line of a benchmark.
 *
 * @returns undefined when only help was asked for
 * @throws when an option is unknown or makes no sense
 */
export function readBenchOptions<P extends string, N extends string>(
  args: readonly string[],
  benchmark: Benchmark<P, N>,
): BenchOptions<P, N> | undefined {
  const asked = readCommandLine(args, commandLineOf(benchmark));
  if (!asked) return undefined;
  const dialect = DIALECTS.find(known => known === (asked.dialect ?? 'pg'));
  if (!dialect) {
    throw new Error(`--dialect is pg or sqlite, not ${asked.dialect}`);
  }
  return { ...asked, dialect };
}
