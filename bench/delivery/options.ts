import type { Benchmark, BenchOptions } from '../lib/options';

/** What can be measured, in the order it is; filling happens when it is needed. */
export const PARTS = [
  'check',
  'fill',
  'views',
  'intake',
  'live',
  'history',
  'growth',
] as const;
export type Part = (typeof PARTS)[number];

type Numbers = 'seconds' | 'batches' | 'commits' | 'repetitions';

/** What is measured of deliveries, and how much. */
export const benchmark: Benchmark<Part, Numbers> = {
  family: 'delivery',
  parts: PARTS,
  fullScale: '1 M deployments, 10 M changes',
  numbers: {
    seconds: {
      about: 'length of the paced measure',
      default: 60,
      small: 5,
      least: 5,
    },
    batches: {
      about: 'batches of 500 events, sent as fast as they are taken',
      default: 100,
      small: 4,
      least: 4,
    },
    commits: {
      about: 'commits of each history that is loaded',
      default: 100_000,
      small: 20_000,
      least: 10,
    },
    repetitions: {
      about: 'questions of each view',
      default: 100,
      small: 30,
      least: 30,
    },
  },
};

export type Options = BenchOptions<Part, Numbers>;
