import type { Asked, CommandLine } from '../../bench/lib/commandLine';

type Part = 'crash' | 'laws';
type Numbers = 'runs' | 'requests' | 'kills' | 'seed';

/** What the soak of provisioning can be asked. */
export const commandLine: CommandLine<Part, Numbers> = {
  command: 'yarn soak provisioning',
  parts: ['crash', 'laws'],
  // npm test holds the laws at a short count already.
  smallParts: ['crash'],
  numbers: {
    runs: { about: 'stories per law and database', default: 1_000, least: 1 },
    requests: {
      about: 'requests whose runs are interrupted',
      default: 500,
      small: 30,
      least: 1,
    },
    kills: {
      about: 'kill -9 meanwhile',
      default: 50,
      small: 4,
      least: 0,
    },
    seed: { about: 'other moments of death', default: 1, least: 0 },
  },
};

export type Options = Asked<Part, Numbers>;
