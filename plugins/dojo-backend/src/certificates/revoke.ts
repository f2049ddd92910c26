import { randomUUID } from 'node:crypto';
import {
  ConflictError,
  NotAllowedError,
  NotFoundError,
} from '@backstage/errors';
import { sayDojo } from '@fawkes/backstage-plugin-dojo-common';
import { inTransaction, insertRows, lock } from '@fawkes/kit-backend/sql';
import { saidError } from '@fawkes/kit-contract';
import type { Knex } from 'knex';
import { tables, type AwardRow, type RevocationRow } from '../store/tables';

/** What taking back needs. */
export interface RevokeDeps {
  db: Knex;
  now(): number;
  /** People who may take back awards of a curriculum, in small letters. */
  revokersOf(curriculum: string): Promise<ReadonlySet<string>>;
}

/**
 * Proposes to take an award back; another person has to confirm it.
 *
 * @throws NotFoundError, NotAllowedError, ConflictError
 */
export async function proposeRevocation(
  userRef: string,
  { credential, reason }: { credential: string; reason: string },
  deps: RevokeDeps,
): Promise<RevocationRow> {
  const { db, now } = deps;
  const award = await awardOf(db, credential);
  await refuseUnentitled(userRef, award, deps);
  return inTransaction(db, async tx => {
    await lock(tx, [`revoke ${award.id}`], 'alone');
    const known = await tx(tables.revocations.name)
      .where({ award_id: award.id })
      .first();
    if (known) throw saidError(ConflictError, sayDojo('revocation.twice'));
    const row: RevocationRow = {
      id: randomUUID(),
      award_id: award.id,
      reason,
      proposed_by: userRef,
      proposed_at: now(),
      confirmed_by: null,
      confirmed_at: null,
    };
    await insertRows(tx, tables.revocations, [row]);
    return row;
  });
}

/**
 * Takes an award back: the second of two people. Its certificates are revoked and
 * their lists signed anew by whoever asks for them next.
 *
 * @throws NotFoundError, NotAllowedError, ConflictError
 */
export async function confirmRevocation(
  userRef: string,
  id: string,
  deps: RevokeDeps,
): Promise<RevocationRow> {
  const { db, now } = deps;
  const found = await db(tables.revocations.name).where({ id }).first();
  if (!found) throw saidError(NotFoundError, sayDojo('revocation.not_found'));
  const award = await db(tables.awards.name)
    .join('learners', 'learners.id', 'awards.learner_id')
    .where('awards.id', found.award_id)
    .first('awards.*', 'learners.user_ref');
  await refuseUnentitled(userRef, award, deps);
  return inTransaction(db, async tx => {
    await lock(tx, [`revoke ${award.id}`, 'status lists'], 'alone');
    const row: RevocationRow = await tx(tables.revocations.name)
      .where({ id })
      .first();
    if (row.confirmed_at !== null) return row;
    if (row.proposed_by.toLowerCase() === userRef.toLowerCase()) {
      throw saidError(NotAllowedError, sayDojo('revocation.second'));
    }
    const at = now();
    const confirmed = { confirmed_by: userRef, confirmed_at: at };
    await tx(tables.revocations.name).where({ id }).update(confirmed);
    await tx(tables.awards.name)
      .where({ id: award.id })
      .update({ revoked_at: at });
    const own = () => tx(tables.credentials.name).where({ award_id: award.id });
    const lists = await own().distinct('status_list').pluck('status_list');
    await own()
      .whereNull('revoked_at')
      .update({ revoked_at: at, reason: 'revoked' });
    await tx(tables.statusLists.name)
      .whereIn('number', lists)
      .update({ stale: true });
    return { ...row, ...confirmed };
  });
}

/** Proposals and revocations of curricula whose awards a person may take back. */
export async function listRevocations(
  userRef: string,
  { db, revokersOf }: RevokeDeps,
): Promise<Array<RevocationRow & Pick<AwardRow, 'belt' | 'awarded_at'>>> {
  const rows = await db(tables.revocations.name)
    .join('awards', 'awards.id', 'revocations.award_id')
    .join('learners', 'learners.id', 'awards.learner_id')
    .orderBy('revocations.proposed_at', 'desc')
    .limit(200)
    .select(
      'revocations.*',
      'awards.belt',
      'awards.awarded_at',
      'awards.curriculum_id',
      'learners.user_ref',
    );
  const may = new Map<string, boolean>();
  for (const { curriculum_id: curriculum } of rows) {
    if (may.has(curriculum)) continue;
    const people = await revokersOf(curriculum);
    may.set(curriculum, people.has(userRef.toLowerCase()));
  }
  return rows.filter(
    row =>
      may.get(row.curriculum_id) &&
      row.user_ref.toLowerCase() !== userRef.toLowerCase(),
  );
}

async function awardOf(
  db: Knex,
  credential: string,
): Promise<AwardRow & { user_ref: string }> {
  const row = await db(tables.credentials.name)
    .join('awards', 'awards.id', 'credentials.award_id')
    .join('learners', 'learners.id', 'awards.learner_id')
    .where('credentials.id', credential)
    .first('awards.*', 'learners.user_ref');
  if (!row) throw saidError(NotFoundError, sayDojo('credential.not_found'));
  return row;
}

/** Neither of the two is the holder, and both look after the curriculum. */
async function refuseUnentitled(
  userRef: string,
  award: AwardRow & { user_ref: string },
  { revokersOf }: RevokeDeps,
): Promise<void> {
  const people = await revokersOf(award.curriculum_id);
  const own = userRef.toLowerCase();
  if (people.has(own) && own !== award.user_ref.toLowerCase()) return;
  throw saidError(NotAllowedError, sayDojo('revocation.not_yours'));
}
