import { say, type MetricSet } from '../contract';
import { meanOf } from './durationStats';
import { figureOf } from './figure';
import type { Tally } from './tally';

/**
 * Mean time to restore over **all** incidents, whatever caused them: its own
 * measure, not the failed deployment recovery time.
 */
export function timeToRestoreOf(tally: Tally): MetricSet['mttr'] {
  const { restore, openIncidents } = tally;
  const reason =
    openIncidents > 0
      ? say('restore.open', { count: openIncidents })
      : say('restore.none');
  return {
    mean: figureOf(meanOf(restore), reason),
    median: figureOf(restore.quantile(0.5), reason),
    count: restore.count,
    open: openIncidents,
  };
}
