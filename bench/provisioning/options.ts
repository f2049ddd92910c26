import type { Benchmark, BenchOptions } from '../lib/options';

/** What can be measured, in the order it is. */
export const PARTS = ['answers', 'form'] as const;
export type Part = (typeof PARTS)[number];

type Numbers = 'repetitions' | 'services';

/** What is measured of provisioning, and how much. */
export const benchmark: Benchmark<Part, Numbers> = {
  family: 'provisioning',
  parts: PARTS,
  fullScale: '10,000 requests in the ledger',
  numbers: {
    repetitions: {
      about: 'questions of each kind',
      default: 100,
      small: 20,
      least: 2,
    },
    services: {
      about: 'services made from the form with a warm cache',
      default: 5,
      small: 1,
      least: 1,
    },
  },
};

export type Options = BenchOptions<Part, Numbers>;
