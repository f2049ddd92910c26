import { delegationRefused } from '@fawkes/backstage-plugin-cab-common/rules';
import { wordsOfError } from '@fawkes/kit-contract';
import type { Knex } from 'knex';
import type { CaseDeps } from '../cases/deps';
import { notAllowed } from '../cases/refusals';
import type { DirectoryPerson } from '../people/directory';
import { databaseNow } from '../store/database';
import { asDelegation, openDelegations } from './delegations';

/** Whose vote somebody wants to cast. */
export interface Delegator {
  userRef: string;
  /** As the catalog knows them now. */
  person: DirectoryPerson | undefined;
  /** Why they may not decide it themselves; undefined when they may. */
  refused: Error | undefined;
}

/**
 * Why somebody may not vote for another now; undefined when they may. It takes a
 * delegation in force, and two who both could decide by themselves: nobody gets
 * past what keeps them from voting by sending somebody else.
 *
 * @param voter - who casts it, and may decide by themselves
 */
export async function delegatedRefusal(
  { config }: Pick<CaseDeps, 'config'>,
  db: Knex,
  voter: DirectoryPerson,
  from: Delegator,
): Promise<Error | undefined> {
  const now = await databaseNow(db);
  const all = (await openDelegations(db, now)).map(asDelegation);
  const own = all.find(
    each =>
      each.from === from.userRef &&
      each.to === voter.userRef &&
      each.startsAt <= now,
  );
  const none = notAllowed('delegation.none', { from: from.userRef });
  if (!own) return none;
  const { board } = config.groups;
  for (const [userRef, person] of [
    [from.userRef, from.person],
    [voter.userRef, voter],
  ] as const) {
    if (!person?.groups.includes(board)) {
      return notAllowed('delegation.not_board', { user: userRef, board });
    }
  }
  const refused = delegationRefused(
    own,
    all,
    now,
    userRef => userRef !== from.userRef || from.refused === undefined,
  );
  switch (refused) {
    case undefined:
      return undefined;
    case 'chain':
      return notAllowed('delegation.chain', { user: from.userRef });
    case 'from':
      return ofDelegator(from);
    default:
      return none;
  }
}

/** Why nobody votes for somebody, who may not themselves. */
function ofDelegator({ userRef: from, refused }: Delegator): Error {
  const [, duty] = /^vote\.excluded\.(.+)$/.exec(
    (refused && wordsOfError(refused)?.code) ?? '',
  ) ?? [undefined, undefined];
  return duty === undefined
    ? notAllowed('delegation.from', { from })
    : notAllowed('delegation.author', { from, duty });
}
