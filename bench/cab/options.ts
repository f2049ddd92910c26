import type { Benchmark, BenchOptions } from '../lib/options';

/** What can be measured, in the order it is. */
export const PARTS = ['hash', 'evidence', 'append', 'gate'] as const;
export type Part = (typeof PARTS)[number];

type Numbers = 'seconds' | 'events' | 'entries';

/** What is measured of change approval, and how much. */
export const benchmark: Benchmark<Part, Numbers> = {
  family: 'cab',
  parts: PARTS,
  fullScale: '100,000 change requests',
  numbers: {
    seconds: {
      about: 'length of the paced questions to the gate',
      default: 30,
      small: 5,
      least: 1,
    },
    events: {
      about: 'events that are appended',
      default: 20_000,
      small: 2_000,
      least: 256,
    },
    entries: {
      about: 'entries that are hashed in memory',
      default: 200_000,
      small: 20_000,
      least: 1,
    },
  },
};

export type Options = BenchOptions<Part, Numbers>;
