import { parseArgs } from 'node:util';

/** What can be measured, in the order it is. */
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
export type Dialect = 'pg' | 'sqlite';

export interface Options {
  scale: number;
  seed: number;
  dialect: Dialect;
  parts: ReadonlySet<Part>;
  /** Repetitions of each view. */
  repetitions: number;
  /** Length of the paced measure in seconds. */
  seconds: number;
  /** Batches of 500 events of the measure that sends as fast as it can. */
  batches: number;
  plans: boolean;
  /** Leave the databases there, and use them again when they are. */
  keep: boolean;
  /** File the report is written to as well. */
  out: string | undefined;
}

export const USAGE = `yarn bench delivery [options]
  --scale S        share of the full data set (default 0.01; 1 = 1 M deployments, 10 M changes)
  --only a,b       of ${PARTS.join(', ')} (fill happens when it is needed)
  --dialect d      pg (default) or sqlite
  --seconds n      length of the paced measure (default 60)
  --batches n      batches of 500 events in the intake measure (default 100)
  --repetitions n  of each view (default 100)
  --seed n         of the data (default 1)
  --plans          print the query plans of all views, not only of those that miss
  --keep           keep the databases, and use them when they are there
  --out file       write the report to this file as well`;

/** Reads the command line; undefined when only help was asked for. */
export function readOptions(args: string[]): Options | undefined {
  const { values } = parseArgs({
    args,
    options: {
      scale: { type: 'string', default: '0.01' },
      only: { type: 'string' },
      dialect: { type: 'string', default: 'pg' },
      seconds: { type: 'string', default: '60' },
      batches: { type: 'string', default: '100' },
      repetitions: { type: 'string', default: '100' },
      seed: { type: 'string', default: '1' },
      plans: { type: 'boolean', default: false },
      keep: { type: 'boolean', default: false },
      out: { type: 'string' },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) return undefined;
  const wanted = values.only?.split(',') ?? PARTS;
  const unknown = wanted.filter(name => !PARTS.some(part => part === name));
  if (unknown.length > 0)
    throw new Error(`No such part: ${unknown.join(', ')}`);
  if (values.dialect !== 'pg' && values.dialect !== 'sqlite') {
    throw new Error(`--dialect is pg or sqlite, not ${values.dialect}`);
  }
  const number = (name: string, text: string, least: number) => {
    const value = Number(text);
    if (!(value >= least)) throw new Error(`--${name} is at least ${least}`);
    return value;
  };
  return {
    scale: number('scale', values.scale, 0.0001),
    seed: number('seed', values.seed, 0),
    dialect: values.dialect,
    parts: new Set(PARTS.filter(part => wanted.includes(part))),
    repetitions: number('repetitions', values.repetitions, 30),
    seconds: number('seconds', values.seconds, 5),
    batches: number('batches', values.batches, 4),
    plans: values.plans,
    keep: values.keep,
    out: values.out,
  };
}
