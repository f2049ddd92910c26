import type { Asked, CommandLine } from '../../bench/lib/commandLine';

type Part = 'crash' | 'walk' | 'laws';
type Numbers = 'runs' | 'requests' | 'kills' | 'lives' | 'seed';

/** What the soak of provisioning can be asked. */
export const commandLine: CommandLine<Part, Numbers> = {
  command: 'yarn soak provisioning',
  parts: ['crash', 'walk', 'laws'],
  // npm test holds the laws at a short count already.
  smallParts: ['crash', 'walk'],
  numbers: {
    runs: { about: 'worlds per law and database', default: 1_000, least: 1 },
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
    lives: {
      about:
        'services whose making and whose end are cut, per database; 36 are every moment of every step, alone and with children',
      default: 36,
      small: 1,
      least: 1,
    },
    seed: { about: 'other moments of death', default: 1, least: 0 },
  },
};

export type Options = Asked<Part, Numbers>;
