import type { Asked, CommandLine } from '../../bench/lib/commandLine';

type Part = 'walk' | 'laws';
type Numbers = 'lives' | 'runs' | 'seed';

/** What the soak of provisioning can be asked. */
export const commandLine: CommandLine<Part, Numbers> = {
  command: 'yarn soak provisioning',
  parts: ['walk', 'laws'],
  // npm test holds the laws at a short count already.
  smallParts: ['walk'],
  numbers: {
    lives: {
      about:
        'services whose making and whose end are cut, per database; 36 are every moment of every step, alone and with children',
      default: 36,
      small: 1,
      least: 1,
    },
    runs: { about: 'worlds per law and database', default: 1_000, least: 1 },
    seed: { about: 'other moments within a step', default: 1, least: 0 },
  },
};

export type Options = Asked<Part, Numbers>;
