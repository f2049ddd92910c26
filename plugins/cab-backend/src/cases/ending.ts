import type { DirectoryPerson } from '../people/directory';
import { databaseNow } from '../store/database';
import type { CaseDeps, Doer } from './deps';
import { inChange } from './moving';
import { readPerson } from './people';
import { notAllowed } from './refusals';
import { voidVotes } from './voiding';

/** Asks for it no longer: whoever asked, or the owner of the entity. */
export async function withdrawChange(
  deps: CaseDeps,
  id: string,
  { reason }: { reason: string },
  doer: Doer,
): Promise<void> {
  const person = await readPerson(deps, doer.actor, await databaseNow(deps.db));
  await inChange(deps, id, doer, async moving => {
    const { row } = moving;
    const isTheirs =
      row.submitter === doer.actor ||
      row.owner_ref === doer.actor ||
      (row.owner_ref !== null && person?.groups.includes(row.owner_ref));
    moving.raise({
      event: 'withdraw',
      holds: {
        isSubmitterOrOwner: isTheirs
          ? true
          : notAllowed('change.not_owner', {
              submitter: row.submitter,
              entity: row.entity_ref,
            }),
      },
      text: reason,
    });
    await voidVotes(moving, { code: 'void.round' });
  });
}

/** Takes an approval back. The gate is closed for every start that follows. */
export async function revokeChange(
  deps: CaseDeps,
  id: string,
  { reason }: { reason: string },
  doer: Doer,
): Promise<void> {
  const { groups } = deps.config;
  const person = await readPerson(deps, doer.actor, await databaseNow(deps.db));
  await inChange(deps, id, doer, async moving => {
    moving.raise({
      event: 'revoke',
      holds: {
        isBoardOrSecurity: isOnBoard(person, deps)
          ? true
          : notAllowed('revoke.not_board', {
              board: groups.board,
              security: groups.security,
            }),
        hasReason: true,
      },
      text: reason,
    });
  });
}

/** Whether somebody may revoke. */
export function isOnBoard(
  person: DirectoryPerson | undefined,
  { config }: Pick<CaseDeps, 'config'>,
): boolean {
  const { board, security } = config.groups;
  return (
    person !== undefined &&
    [board, security].some(group => person.groups.includes(group))
  );
}

/** Says something about it; it stays as it is. */
export async function comment(
  deps: CaseDeps,
  id: string,
  { text }: { text: string },
  doer: Doer,
): Promise<void> {
  await inChange(deps, id, doer, async moving => {
    moving.raise({ event: 'comment', text });
  });
}

/** Ends approvals whose time is over; the gate does so too when it is asked. */
export async function expireApprovals(
  deps: CaseDeps,
  doer: Doer,
): Promise<number> {
  const now = await databaseNow(deps.db);
  const due: Array<{ id: string }> = await deps
    .db('cab_changes')
    .whereIn('state', ['approved', 'scheduled'])
    .where('expires_at', '<=', now)
    .orderBy('expires_at')
    .limit(100)
    .select('id');
  for (const { id } of due) {
    await inChange(deps, id, doer, async moving => {
      const { row, tx } = moving;
      const [live] = await tx('cab_allows')
        .where('change_id', id)
        .whereNull('cancelled_at')
        .where('expires_at', '>', moving.now)
        .limit(1);
      if (row.expires_at === null || row.expires_at > moving.now || live)
        return;
      moving.raise({
        event: 'approval_expired',
        by: 'clock',
        holds: { hasNoLiveAllow: true },
        data: { expiresAt: row.expires_at },
      });
    });
  }
  return due.length;
}
