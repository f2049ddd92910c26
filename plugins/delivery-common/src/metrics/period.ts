import type { Said } from '@fawkes/kit-contract';
import { ANNOTATION_DELIVERY_ENVIRONMENTS } from '../catalog';
import { say } from '../contract';
import type { BandTable } from './bands';
import type { Tally } from './tally';

/**
 * Why nothing can be said at all, or null. One sentence for every metric, so
 * that a page without facts explains itself once.
 */
export function blankReason(
  firstFactAt: number | null,
  startMs: number,
  endMs: number,
  asOfMs: number,
  /** What arrived instead, where nothing of production did. */
  elsewhere: Elsewhere | null = null,
): Said | null {
  if (firstFactAt === null) {
    return elsewhere
      ? sayElsewhere('figure', elsewhere)
      : say('figure.no_facts');
  }
  if (asOfMs <= startMs) return say('figure.not_begun');
  if (firstFactAt >= endMs) {
    return say('figure.before_first', { day: dayOf(firstFactAt) });
  }
  return null;
}

/**
 * Deployments of a scope to environments that are not production.
 * @public
 */
export interface Elsewhere {
  /** How many. */
  count: number;
  /** Names of the environments, those with most deployments first. */
  environments: readonly string[];
}

/** Environments that are named; of more only that there are. */
const MOST_NAMED = 3;

/**
 * Says what arrived where nothing of production did, and what to do about it.
 * @public
 */
export function sayElsewhere(
  where: 'figure' | 'advice',
  { count, environments }: Elsewhere,
): Said {
  const named = environments
    .slice(0, MOST_NAMED)
    .map(name => (/\s/.test(name) ? `"${name}"` : name));
  const more = environments.length > MOST_NAMED ? [...named, '…'] : named;
  return say(`${where}.not_production`, {
    count,
    environments: more.join(', '),
    annotation: ANNOTATION_DELIVERY_ENVIRONMENTS,
  });
}

/** The date of an instant, in UTC. */
export function dayOf(ms: number): string {
  return new Date(ms).toISOString().slice(0, 10);
}

/** A span of time and what was counted in it. */
export interface Period {
  tally: Tally;
  /** Days of 86,400 s that are over. */
  elapsedDays: number;
  /** Why nothing is known of it; null when something is. */
  blank: Said | null;
  /** Changes are pull requests. */
  byPullRequest: boolean;
  /** What the span is, for reasons: the whole window, the one before, a part. */
  span: 'window' | 'before' | 'bucket';
}

/** What a metric is worked out from. */
export interface MetricContext {
  current: Period;
  previous: Period;
  bands: BandTable;
}
