import type { Effect, Run } from '@fawkes/backstage-plugin-provisioning-common';
import { iso, isoOrNull, read, wordsIn } from '../store/json';
import type { EffectRow, RunRow } from '../store/tables';

/** A run as answers have it. */
export function runOf(row: RunRow, now: number): Run {
  const end = row.finished_at ?? now;
  return {
    id: row.id,
    kind: row.kind,
    state: row.state,
    reason: wordsIn(row.reason),
    initiator: row.initiator,
    cancelAsked: row.asked === 'cancelled',
    startedAt: iso(row.started_at),
    finishedAt: isoOrNull(row.finished_at),
    seconds: seconds(row.started_at, end),
  };
}

/** An effect as answers have it. */
export function effectOf(row: EffectRow, now: number): Effect {
  return {
    id: row.id,
    type: row.type,
    title: read(row.title),
    undoClass: row.undo_class,
    undo: read(row.undo),
    dependsOn: read(row.depends_on),
    origin: row.origin,
    runId: row.run_id,
    state: row.state,
    reason: wordsIn(row.reason),
    startedAt: isoOrNull(row.started_at),
    finishedAt: isoOrNull(row.finished_at),
    seconds:
      row.started_at === null
        ? null
        : seconds(row.started_at, row.finished_at ?? now),
    attempts: row.attempts,
    links: read(row.links),
    hasLog: row.log_next > 0,
  };
}

function seconds(from: number, to: number): number {
  return Math.max(0, Math.round(to - from) / 1_000);
}
