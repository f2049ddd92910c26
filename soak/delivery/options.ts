import type { Asked, CommandLine } from '../../bench/lib/commandLine';

type Part = 'crash' | 'laws';
type Numbers = 'runs' | 'mutations' | 'events' | 'kills' | 'seed';

/** What the soak of deliveries can be asked. */
export const commandLine: CommandLine<Part, Numbers> = {
  command: 'yarn soak delivery',
  parts: ['crash', 'laws'],
  // npm test holds the laws at a short count already.
  smallParts: ['crash'],
  numbers: {
    runs: {
      about: 'worlds per law and database',
      default: 1_000,
      least: 1,
    },
    mutations: {
      about: 'hostile events per database',
      default: 10_000,
      least: 1,
    },
    events: {
      about: 'events of the load that is interrupted',
      default: 100_000,
      small: 4_000,
      least: 1,
    },
    kills: {
      about: 'kill -9 during that load',
      default: 50,
      small: 3,
      least: 0,
    },
    seed: { about: 'another load, other moments', default: 1, least: 0 },
  },
};

export type Options = Asked<Part, Numbers>;
