import type { MetricSet } from '../contract';
import { meanOf } from './durationStats';
import { counted, figureOf } from './figure';
import type { Tally } from './tally';

/**
 * Mean time to restore over **all** incidents, whatever caused them: its own
 * measure, not the failed deployment recovery time.
 */
export function timeToRestoreOf(tally: Tally, name: string): MetricSet['mttr'] {
  const { restore, openIncidents } = tally;
  const incidents = counted(openIncidents, 'incident', 'incidents');
  const reason =
    openIncidents > 0
      ? `${incidents} ${name}, none of them resolved yet`
      : `No incident ${name}`;
  return {
    mean: figureOf(meanOf(restore), reason),
    median: figureOf(restore.quantile(0.5), reason),
    count: restore.count,
    open: openIncidents,
  };
}
