import { ConflictError } from '@backstage/errors';
import {
  STATE_SETS,
  type ChangeState,
  type EvidenceSays,
} from '@fawkes/backstage-plugin-cab-common';
import {
  covers,
  digestOf,
  exceptionStatus,
  exceptionsUsed,
} from '@fawkes/backstage-plugin-cab-common/rules';
import { saidError } from '@fawkes/kit-contract';
import { v7 as uuid } from 'uuid';
import { prepare } from '../cases/ask';
import { editorsOf, questionOf } from '../cases/asking';
import type { CaseDeps, Doer } from '../cases/deps';
import { inChange, Moved, readChange, untilStill } from '../cases/moving';
import { submitters, withIdentities } from '../cases/people';
import { conflict, notFound } from '../cases/refusals';
import {
  countedOf,
  isIn,
  MOST_PIECES,
  piecesOf,
  withEvidence,
} from '../evidence/pack';
import { revise } from '../evidence/revise';
import { databaseNow } from '../store/database';
import type { ChangeRow, EvidenceRow, ExceptionRow } from '../store/tables';
import { holdingPack, waiverFault } from './holding';
import { lockException, readException, scopeOf, timedOf } from './row';

/** Most exceptions one change request makes use of. */
export const MOST_EXCEPTIONS = 20;

const DECIDING: readonly ChangeState[] = [
  ...STATE_SETS.review,
  ...STATE_SETS.open,
];
const USABLE: readonly ChangeState[] = [
  ...STATE_SETS.before,
  ...STATE_SETS.parked,
  ...DECIDING,
];

/**
 * Makes use of an exception: a waiver joins the pack in place of what is missing, so
 * whoever votes sees it, and whoever has voted is asked again.
 */
export async function applyException(
  deps: CaseDeps,
  changeId: string,
  exceptionId: string,
  doer: Doer,
): Promise<void> {
  await untilStill(() => applyOnce(deps, changeId, exceptionId, doer));
}

async function applyOnce(
  deps: CaseDeps,
  changeId: string,
  exceptionId: string,
  doer: Doer,
): Promise<void> {
  const { db } = deps;
  const row = await readChange(db, changeId);
  const exception = await readException(db, exceptionId);
  const scope = { entityRef: row.entity_ref, environment: row.environment };
  // Of what is for something else one learns nothing here, not even that it is.
  if (!exception || !covers(scopeOf(exception), scope)) {
    throw notFound('exception.not_found', { id: exceptionId });
  }
  const all = await piecesOf(db, changeId);
  const before = all.filter(each => isIn(each, row.revision));
  if (before.some(each => each.exception_id === exceptionId)) return;
  if (!USABLE.includes(row.state)) {
    throw conflict('ILLEGAL_TRANSITION', { state: row.state });
  }
  if (all.length >= MOST_PIECES) {
    throw conflict('evidence.too_many', { most: MOST_PIECES });
  }
  if (before.filter(each => each.exception_id).length >= MOST_EXCEPTIONS) {
    throw conflict('exception.too_many', { most: MOST_EXCEPTIONS });
  }
  const now = await databaseNow(db);
  requireActive(exception, now);
  const own = waiverOf(exception, row, doer, now);
  const together = [...before, ...all.filter(each => each.waiting === 1), own];
  if (!exceptionsUsed(countedOf(together)).includes(exceptionId)) {
    throw conflict('exception.not_needed');
  }
  const facts = await deps.facts(questionOf(row), now);
  const editors = await editorsOf(db, changeId);
  const involved = await withIdentities(deps, [
    ...submitters([row.submitter, ...editors]),
    ...facts.involved,
  ]);
  const fault = waiverFault(exception, row, involved, now);
  if (fault) throw saidError(ConflictError, fault);
  const pack = await holdingPack(deps, row, together, involved);
  const scored = DECIDING.includes(row.state)
    ? await prepare(deps, row, withEvidence(facts, pack, now), editors, now)
    : undefined;
  await inChange(deps, changeId, doer, async moving => {
    const { row: held, tx } = moving;
    if (held.revision !== row.revision || held.state !== row.state) {
      throw new Moved();
    }
    // Whoever ends it waits for this, or this finds it ended.
    const locked = await lockException(tx, exceptionId);
    requireActive(locked!, moving.now);
    await revise(deps, moving, {
      joined: { ...own, from_revision: held.revision + 1 },
      gone: [],
      pack,
      raise: packDigest =>
        moving.raise({
          event: 'attach_evidence',
          holds: { isAllowedProducer: true, isNewToPack: true },
          data: {
            exceptionId,
            waives: exception.waives,
            finding: exception.finding,
            evidence: { id: own.id, kind: own.kind, sha256: own.sha256 },
            packDigest,
          },
        }),
      scored,
    });
  });
}

function requireActive(exception: ExceptionRow, now: number): void {
  const status = exceptionStatus(timedOf(exception), now);
  if (status !== 'active') throw conflict('exception.not_active', { status });
}

/** The piece that stands in place of what is not shown. */
function waiverOf(
  exception: ExceptionRow,
  row: ChangeRow,
  { actor }: Doer,
  now: number,
): EvidenceRow {
  const says: EvidenceSays = {
    kind: 'waiver',
    exceptionId: exception.id,
    waives: exception.waives,
    finding: exception.finding,
    requester: exception.requester,
    approver: exception.decided_by!,
    usedBy: actor,
    expiresAt: new Date(exception.expires_at).toISOString(),
  };
  const text = JSON.stringify(says);
  return {
    id: uuid(),
    change_id: row.id,
    // A finding that is excepted is what a VEX would otherwise have to speak of.
    kind: exception.waives === 'finding' ? 'vex' : exception.waives,
    sha256: digestOf(JSON.parse(text)),
    size: Buffer.byteLength(text),
    media_type: 'application/json',
    state: 'waived',
    why: null,
    says: text,
    producer: exception.requester,
    subject: null,
    produced_at: exception.decided_at!,
    received_at: now,
    from_revision: null,
    to_revision: null,
    waiting: 0,
    exception_id: exception.id,
  };
}
