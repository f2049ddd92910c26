import {
  say,
  STATE_SETS,
  type ChangeState,
} from '@fawkes/backstage-plugin-cab-common';
import {
  exceptionsUsed,
  exceptionStatus,
} from '@fawkes/backstage-plugin-cab-common/rules';
import { isAway } from '@fawkes/kit-backend/http';
import { inTransaction, select } from '@fawkes/kit-backend/sql';
import type { Knex } from 'knex';
import { prepare } from '../cases/ask';
import { editorsOf, questionOf } from '../cases/asking';
import type { CaseDeps, Doer } from '../cases/deps';
import {
  ENGINE,
  inChange,
  Moved,
  readChange,
  untilStill,
} from '../cases/moving';
import { submitters } from '../cases/people';
import { exceptionsOf } from '../cases/scored';
import { scoredOf } from '../cases/scoredOf';
import { countedOf, isIn, piecesOf, withEvidence } from '../evidence/pack';
import { revise } from '../evidence/revise';
import { databaseNow } from '../store/database';
import {
  allows,
  evidence,
  exceptions,
  type ChangeRow,
  type EvidenceRow,
} from '../store/tables';
import { holdingPack } from './holding';
import { lockException, timedOf } from './row';

const CLOCK: Doer = { actor: ENGINE, correlationId: 'cab-exceptions' };

const isOneOf = (set: readonly ChangeState[], { state }: ChangeRow) =>
  set.includes(state);
const DECIDING = [...STATE_SETS.review, ...STATE_SETS.open];
const GUARDED = [...STATE_SETS.parked, ...DECIDING];
const MOVABLE = [...STATE_SETS.before, ...STATE_SETS.parked, ...DECIDING];

/**
 * Takes back what makes use of exceptions that have ended. The gate denies by the
 * clock without waiting for this; this is what asks people again.
 *
 * @returns how many exceptions were done with
 */
export async function closeEnded(deps: CaseDeps): Promise<number> {
  const { db, logger } = deps;
  const now = await databaseNow(db);
  const due = await select(
    db(exceptions.name)
      .whereNull('closed_at')
      .where(ended =>
        ended
          .where({ state: 'ended' })
          .orWhere(expired =>
            expired.where({ state: 'approved' }).where('expires_at', '<=', now),
          ),
      )
      .orderBy('expires_at')
      .limit(100),
    exceptions,
    'id',
  );
  let done = 0;
  for (const { id } of due) {
    try {
      await closeUses(deps, id, CLOCK);
      done += 1;
    } catch (error) {
      if (isAway(error)) throw error;
      // One that is broken keeps no other gate open.
      logger.error('What made use of an exception could not be taken back', {
        exceptionId: id,
        error: String(error),
      });
    }
  }
  return done;
}

/** Takes back everything that makes use of an exception that has ended. */
export async function closeUses(
  deps: CaseDeps,
  exceptionId: string,
  doer: Doer,
): Promise<void> {
  const { db } = deps;
  for (const changeId of await usersOf(db, exceptionId)) {
    await untilStill(() => closeOnce(deps, changeId, exceptionId, doer));
  }
  await inTransaction(db, async tx => {
    const row = await lockException(tx, exceptionId);
    const now = await databaseNow(tx);
    if (!row || row.closed_at !== null) return;
    const status = exceptionStatus(timedOf(row), now);
    const isOver = status === 'ended' || status === 'expired';
    // Somebody made use of it at the last instant: the next look takes it back.
    if (!isOver || (await usersOf(tx, exceptionId)).length > 0) return;
    await tx(exceptions.name)
      .where({ id: exceptionId })
      .update({ closed_at: now });
  });
}

/** Nothing starts any more by what was allowed with an exception. */
export async function cancelAllows(
  tx: Knex.Transaction,
  exceptionId: string,
  now: number,
): Promise<void> {
  await tx(allows.name)
    .whereIn('change_id', await usersOf(tx, exceptionId))
    .whereNull('cancelled_at')
    .whereNull('spent_at')
    .update({ cancelled_at: now });
}

async function usersOf(db: Knex, exceptionId: string): Promise<string[]> {
  const rows = await select(
    db(evidence.name)
      .where({ exception_id: exceptionId, state: 'waived' })
      .orderBy('change_id'),
    evidence,
    'change_id',
  );
  return [...new Set(rows.map(({ change_id }) => change_id))];
}

async function closeOnce(
  deps: CaseDeps,
  changeId: string,
  exceptionId: string,
  doer: Doer,
): Promise<void> {
  const { db } = deps;
  const row = await readChange(db, changeId);
  const all = await piecesOf(db, changeId);
  const before = all.filter(each => isIn(each, row.revision));
  const isWaiver = (each: EvidenceRow) =>
    each.exception_id === exceptionId && each.state === 'waived';
  const gone = before.filter(isWaiver);
  const isMovable = isOneOf(MOVABLE, row) && gone.length > 0;
  const left = isMovable
    ? [...before, ...all.filter(each => each.waiting === 1)].filter(
        each => !isWaiver(each),
      )
    : [];
  const uses = isOneOf(DECIDING, row)
    ? exceptionsOf(await scoredOf(db, row))
    : exceptionsUsed(countedOf(before));
  const isUsed = gone.length > 0 && uses.includes(exceptionId);
  const next =
    isUsed && isOneOf(DECIDING, row)
      ? await scoreWithout(deps, row, left)
      : { pack: left, scored: undefined };
  await inChange(deps, changeId, doer, async moving => {
    const { row: now, tx } = moving;
    if (now.revision !== row.revision || now.state !== row.state) {
      throw new Moved();
    }
    await tx(evidence.name)
      .where({ exception_id: exceptionId, change_id: changeId })
      .where('state', 'waived')
      .update({
        state: 'parsed',
        why: JSON.stringify(say('exception.lapsed')),
      });
    const raise = (packDigest?: string) =>
      moving.raise({
        event: 'exception_expired',
        by: 'clock',
        holds: isUsed ? { revisionUsesIt: true } : {},
        data: { exceptionId, ...(packDigest !== undefined && { packDigest }) },
      });
    // What is decided without needing it stays as it was decided.
    if (!isMovable || (isOneOf(GUARDED, now) && !isUsed)) {
      raise();
      return;
    }
    await revise(deps, moving, {
      gone,
      pack: next.pack,
      raise,
      scored: next.scored,
      voided: 'void.exception',
    });
  });
}

async function scoreWithout(
  deps: CaseDeps,
  row: ChangeRow,
  left: readonly EvidenceRow[],
) {
  const { db } = deps;
  const now = await databaseNow(db);
  const facts = await deps.facts(questionOf(row), now);
  const editors = await editorsOf(db, row.id);
  const pack = await holdingPack(deps, row, left, [
    ...submitters(editors),
    ...facts.involved,
  ]);
  const told = withEvidence(facts, pack, now);
  return { pack, scored: await prepare(deps, row, told, editors, now) };
}
