import type { GateOutlook } from '@fawkes/backstage-plugin-cab-common';
import type { CabConfig } from '../config';
import type { ScoredRevision } from '../cases/scored';
import { calendarOf } from '../facts/readFacts';
import type { ChangeRow, ExceptionRow } from '../store/tables';
import { freeOf, placeOf } from './asked';
import { byException, byState, byTime, ofApproved, ofFree } from './verdict';

/**
 * What a pipeline would be told now: the same answers in the same order, without
 * what is only read or said when one asks (artifact, voters, facts). Nothing is
 * allowed by it.
 */
export function outlookOf(
  config: CabConfig,
  row: ChangeRow,
  scored: ScoredRevision | undefined,
  used: readonly ExceptionRow[],
  now: number,
): GateOutlook {
  const { verdict, reasonCode, reason, expiresAt, retryAt } = answerOf();
  return { verdict, reasonCode, reason, expiresAt, retryAt };

  function answerOf() {
    const asked = { entityRef: row.entity_ref, environment: row.environment };
    const free = freeOf(config, asked, placeOf(row));
    if (free) return ofFree(free, asked, now);
    const ended = byState(row);
    if (ended) return ended;
    if (!scored) throw new Error(`${row.id} is open and was never scored`);
    const calendar = calendarOf(config, row.entity_ref);
    return (
      byTime(row, scored, calendar, now) ??
      byException(row, scored, used, now) ??
      ofApproved(row, scored, calendar, used, now)
    );
  }
}
