import { STATE_SETS } from '@fawkes/backstage-plugin-cab-common';
import {
  dueStep,
  lateRequirement,
  type ClockStep,
  type Requirement,
} from '@fawkes/backstage-plugin-cab-common/rules';
import { isAway } from '@fawkes/kit-backend/http';
import { inTransaction, select } from '@fawkes/kit-backend/sql';
import type { NotificationService } from '@backstage/plugin-notifications-node';
import { databaseNow } from '../store/database';
import { changes, events, revisions, type ChangeRow } from '../store/tables';
import type { CaseDeps, Doer } from './deps';
import { inChange, lockChange } from './moving';
import { scoredOf } from './scoredOf';
import { voidVotes } from './voiding';

/** What clocks work with. */
export interface ClockDeps extends CaseDeps {
  notifications: Pick<NotificationService, 'send'>;
}

const DAY_MS = 86_400_000;
/** How long what nobody touches is kept open, ms. */
const UNTOUCHED_MS = 30 * DAY_MS;
/** What touches a change request; engines and the gate do not. */
const TOUCHES = [
  'create',
  'edit',
  'attach_evidence',
  'submit',
  'resume',
  'comment',
] as const;

const CLOCK: Doer = { actor: 'system:clock', correlationId: 'cab-clocks' };

/** How long a change request has been in review, ms. */
export function usedOf(
  {
    review_since,
    review_used,
  }: Pick<ChangeRow, 'review_since' | 'review_used'>,
  now: number,
): number {
  return review_used + (review_since === null ? 0 : now - review_since);
}

/**
 * Does what is due of reviews: reminds, asks others, puts off. Nothing of it is an
 * approval.
 *
 * @returns how many steps were taken
 */
export async function tickClocks(deps: ClockDeps): Promise<number> {
  const { db } = deps;
  const now = await databaseNow(db);
  const rows = await select(
    db(changes.name).whereNotNull('review_since').orderBy('review_since'),
    changes,
    'id',
    'type',
    'review_since',
    'review_used',
    'clock_step',
  );
  let steps = 0;
  for (const row of rows) {
    const due = dueStep(row.type, usedOf(row, now), row.clock_step);
    if (!due) continue;
    try {
      if (await take(deps, row.id, due)) steps += 1;
    } catch (error) {
      if (isAway(error)) throw error;
      // One that is broken stops no other clock.
      deps.logger.error('The clock of a change request could not go on', {
        changeId: row.id,
        error: String(error),
      });
    }
  }
  return steps;
}

/** Takes a step that is due; whoever was faster has taken it. */
async function take(
  deps: ClockDeps,
  id: string,
  due: ClockStep,
): Promise<boolean> {
  const isDue = (row: ChangeRow, now: number) =>
    row.review_since !== null &&
    dueStep(row.type, usedOf(row, now), row.clock_step) === due;
  if (due === 'remind') {
    const reminded = await inTransaction(deps.db, async tx => {
      const row = await lockChange(tx, id);
      if (!isDue(row, await databaseNow(tx))) return undefined;
      await tx(changes.name)
        .where({ id })
        .update({ clock_step: row.clock_step + 1 });
      return row;
    });
    if (reminded) await tell(deps, reminded, 'It waits for a decision');
    return reminded !== undefined;
  }
  const moved = await inChange(deps, id, CLOCK, async moving => {
    const { row, tx } = moving;
    if (!isDue(row, moving.now)) return undefined;
    row.clock_step += 1;
    if (due === 'defer') {
      moving.raise({
        event: 'defer',
        by: 'clock',
        holds: { isNotEmergency: true },
        data: { usedMs: usedOf(row, moving.now) },
      });
      await voidVotes(moving, { code: 'void.round' });
      return { ...row };
    }
    const scored = await scoredOf(tx, row);
    const requirement = lateRequirement(scored.requirement, deps.config.groups);
    moving.raise({
      event: 'clock_due',
      by: 'clock',
      data: { pool: [...requirement.pool], min: requirement.min },
    });
    row.requirement = JSON.stringify(requirement);
    await tx(revisions.name)
      .where({ change_id: id, revision: row.revision })
      .update({ scored: JSON.stringify({ ...scored, requirement }) });
    return { ...row };
  });
  if (!moved) return false;
  await tell(
    deps,
    moved,
    due === 'defer'
      ? 'Nobody decided it in time; it is put off until somebody takes it up'
      : 'It was not decided in time; you are asked besides',
  );
  return true;
}

/** Tells those who are asked; a portal without notifications goes without. */
async function tell(
  { notifications, logger, config }: ClockDeps,
  row: ChangeRow,
  description: string,
): Promise<void> {
  const { pool }: Requirement = JSON.parse(row.requirement ?? '{"pool":[]}');
  const isDeferred = row.state === 'deferred';
  try {
    await notifications.send({
      recipients: {
        type: 'entity',
        entityRef: isDeferred ? [row.submitter] : [...pool],
      },
      payload: {
        title: row.title,
        description,
        link: `${config.portalUrl}/changes/${row.id}`,
        severity: row.type === 'emergency' ? 'high' : 'normal',
        topic: 'cab',
        scope: `cab:${row.id}`,
      },
    });
  } catch (error) {
    logger.warn('Nobody could be told of a change request', {
      changeId: row.id,
      error: String(error),
    });
  }
}

/** Ends what nobody has touched for 30 days before anybody was asked. */
export async function withdrawUntouched({
  db,
  ...deps
}: CaseDeps): Promise<number> {
  const now = await databaseNow(db);
  const rows = await select(
    db(changes.name)
      .whereIn('state', [...STATE_SETS.before, 'deferred'])
      .where('created_at', '<', now - UNTOUCHED_MS)
      .whereNotExists(
        db(events.name)
          .whereRaw('?? = ??', [
            `${events.name}.change_id`,
            `${changes.name}.id`,
          ])
          .whereIn(`${events.name}.type`, [...TOUCHES])
          .where(`${events.name}.at`, '>=', now - UNTOUCHED_MS),
      )
      .orderBy('created_at')
      .limit(100),
    changes,
    'id',
  );
  for (const { id } of rows) {
    await inChange({ db, ...deps }, id, CLOCK, async moving => {
      const [touched] = await moving
        .tx(events.name)
        .where('change_id', id)
        .whereIn('type', [...TOUCHES])
        .where('at', '>=', moving.now - UNTOUCHED_MS)
        .limit(1);
      if (touched) return;
      moving.raise({
        event: 'clock_due',
        by: 'clock',
        holds: { untouchedFor30Days: true },
        data: { untouchedDays: UNTOUCHED_MS / DAY_MS },
      });
    });
  }
  return rows.length;
}
