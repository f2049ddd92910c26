import type { CommandLine } from '../../bench/lib/commandLine';

type Part = 'risk' | 'races';
type Numbers = 'worlds' | 'rounds';

/** What the soak of change approval can be asked. */
export const commandLine: CommandLine<Part, Numbers> = {
  command: 'yarn soak cab',
  parts: ['risk', 'races'],
  smallParts: ['races'],
  numbers: {
    worlds: {
      about: 'facts per property of the risk model',
      default: 20_000,
      least: 1,
    },
    rounds: {
      about: 'rounds of each race, on SQLite, PostgreSQL and two replicas',
      default: 1_000,
      small: 10,
      least: 1,
    },
  },
};
