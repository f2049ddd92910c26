import { STAGES } from '../contract';
import { ExactSample, mergeSamples, toSketch, type Sample } from './sample';
import { noStageSeconds, type StageSeconds } from './stages';

/**
 * Everything a metric needs to know about one scope on one local day. Tallies
 * add up: a month is the sum of its days, a team the sum of its services.
 * @public
 */
export interface Tally {
  /** Successful deployments. */
  deployments: number;
  /** Deployments that were in production (also those rolled back). */
  reached: number;
  /** Of those, failed. */
  failed: number;
  /** Of those, rework. */
  rework: number;
  /** Failed and not recovered. */
  openFailures: number;
  /** Changes left out of the lead time, for want of a start. */
  leadUnknown: number;
  /** Lead times that would be negative, counted as 0. */
  leadClamped: number;
  /** Incidents not resolved. */
  openIncidents: number;
  /** Sums over the changes in `lead`; together they are its sum. */
  stages: StageSeconds;
  /** Lead times, seconds. */
  lead: Sample;
  /** Recovery times of failed deployments, seconds. */
  recovery: Sample;
  /** Time since the previous success of the chain, seconds. */
  gaps: Sample;
  /** Open to resolved, over all incidents, seconds. */
  restore: Sample;
}

/** The plain counts of a tally. @public */
export const TALLY_COUNTS = [
  'deployments',
  'reached',
  'failed',
  'rework',
  'openFailures',
  'leadUnknown',
  'leadClamped',
  'openIncidents',
] as const;

/** The samples of a tally. @public */
export const TALLY_SAMPLES = ['lead', 'recovery', 'gaps', 'restore'] as const;

/**
 * The tally of a day without facts; its samples take values one by one.
 * @public
 */
export function emptyTally(): Tally &
  Record<(typeof TALLY_SAMPLES)[number], ExactSample> {
  return {
    deployments: 0,
    reached: 0,
    failed: 0,
    rework: 0,
    openFailures: 0,
    leadUnknown: 0,
    leadClamped: 0,
    openIncidents: 0,
    stages: noStageSeconds(),
    lead: new ExactSample(),
    recovery: new ExactSample(),
    gaps: new ExactSample(),
    restore: new ExactSample(),
  };
}

/**
 * The sum of tallies, in any order the same. A sample of the sum is exact when
 * all its parts are, else a sketch.
 * @public
 */
export function mergeTallies(tallies: Iterable<Tally>): Tally {
  const parts = [...tallies];
  const sum: Tally = emptyTally();
  for (const part of parts) addCounts(sum, part, 1);
  for (const name of TALLY_SAMPLES) {
    sum[name] = mergeSamples(parts.map(part => part[name]));
  }
  return sum;
}

/**
 * `whole − part`, with sketches for samples: exact values are sketched first.
 * Used to take out what a sum over services counted twice.
 * @public
 */
export function subtractTallies(whole: Tally, part: Tally): Tally {
  const rest: Tally = emptyTally();
  addCounts(rest, whole, 1);
  addCounts(rest, part, -1);
  for (const name of TALLY_SAMPLES) {
    const sketch = toSketch(whole[name]);
    sketch.subtractAll(toSketch(part[name]));
    rest[name] = sketch;
  }
  return rest;
}

/** The same tally with sketches for samples: what roll-ups keep. @public */
export function toSketchTally(tally: Tally): Tally {
  const sketched: Tally = { ...tally, stages: { ...tally.stages } };
  for (const name of TALLY_SAMPLES) sketched[name] = toSketch(tally[name]);
  return sketched;
}

/** True when one of its percentiles comes from a sketch. @public */
export function isApproximate(tally: Tally): boolean {
  return TALLY_SAMPLES.some(name => {
    const sample = tally[name];
    return sample.kind === 'sketch' && !sample.isEmpty;
  });
}

function addCounts(sum: Tally, part: Tally, sign: 1 | -1): void {
  for (const name of TALLY_COUNTS) sum[name] += sign * part[name];
  for (const stage of STAGES) sum.stages[stage] += sign * part.stages[stage];
}
