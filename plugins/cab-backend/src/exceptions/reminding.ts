import { EXCEPTION_REMINDERS } from '@fawkes/backstage-plugin-cab-common';
import { reminderDue } from '@fawkes/backstage-plugin-cab-common/rules';
import { inTransaction, select } from '@fawkes/kit-backend/sql';
import type { ClockDeps } from '../cases/clocks';
import { databaseNow } from '../store/database';
import { exceptions, type ExceptionRow } from '../store/tables';
import { lockException } from './row';

const DAY_MS = 86_400_000;

/**
 * Reminds whoever asked, and the owner, of exceptions that end: 14 and 3 days before
 * and at the end, each once, whichever replica comes first.
 *
 * @returns how many reminders were given
 */
export async function remindOfEnds(deps: ClockDeps): Promise<number> {
  const { db } = deps;
  const now = await databaseNow(db);
  const rows = await select(
    db(exceptions.name)
      .where('state', 'approved')
      .where('reminded', '<', EXCEPTION_REMINDERS.length)
      .where('expires_at', '<=', now + EXCEPTION_REMINDERS[0] * DAY_MS)
      .orderBy('expires_at')
      .limit(200),
    exceptions,
    'id',
    'expires_at',
    'reminded',
  );
  let given = 0;
  for (const { id, expires_at, reminded } of rows) {
    const due = reminderDue(expires_at, now, reminded);
    if (due === undefined) continue;
    const told = await inTransaction(db, async tx => {
      const row = await lockException(tx, id);
      if (row?.state !== 'approved' || row.reminded >= due) return undefined;
      await tx(exceptions.name).where({ id }).update({ reminded: due });
      return row;
    });
    if (!told) continue;
    await tell(deps, told, now);
    given += 1;
  }
  return given;
}

/** A portal without notifications goes without. */
async function tell(
  { notifications, logger, config }: ClockDeps,
  row: ExceptionRow,
  now: number,
): Promise<void> {
  const days = Math.ceil((row.expires_at - now) / DAY_MS);
  try {
    await notifications.send({
      recipients: {
        type: 'entity',
        entityRef: [row.requester, ...(row.owner_ref ? [row.owner_ref] : [])],
      },
      payload: {
        title: `The exception for ${row.entity_title} (${
          row.finding ?? row.waives
        }, ${row.environment}) ${days > 0 ? 'ends soon' : 'has ended'}`,
        description:
          days > 0
            ? `It ends in ${days} ${
                days === 1 ? 'day' : 'days'
              }; what was approved with it does not start after that`
            : 'What was approved with it does not start any more',
        link: `${config.portalUrl}/changes`,
        severity: 'normal',
        topic: 'cab',
        scope: `cab:exception:${row.id}`,
      },
    });
  } catch (error) {
    logger.warn('Nobody could be told of the end of an exception', {
      exceptionId: row.id,
      error: String(error),
    });
  }
}
