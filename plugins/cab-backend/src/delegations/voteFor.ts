import type { Knex } from 'knex';
import { refusalOf } from '../cases/deciding';
import type { CaseDeps } from '../cases/deps';
import type { ScoredRevision } from '../cases/scored';
import { liveVotes } from '../cases/voiding';
import type { DirectoryPerson } from '../people/directory';
import { databaseNow } from '../store/database';
import type { ChangeRow } from '../store/tables';
import { asDelegation, openDelegations } from './delegations';
import { delegatedRefusal } from './voting';

/**
 * Those somebody may vote for on a change request and who have not voted.
 *
 * @throws when the catalog does not answer
 */
export async function voteForOf(
  deps: Pick<CaseDeps, 'config' | 'directory'>,
  looked: { tx: Knex; row: ChangeRow },
  scored: ScoredRevision,
  voter: DirectoryPerson,
): Promise<string[]> {
  const { tx, row } = looked;
  if (row.state !== 'board_review') return [];
  const now = await databaseNow(tx);
  const named = (await openDelegations(tx, now))
    .map(asDelegation)
    .filter(each => each.to === voter.userRef && each.startsAt <= now);
  if (named.length === 0) return [];
  if (await refusalOf(looked, voter, scored, voter.userRef)) return [];
  const voted = new Set(
    (await liveVotes(looked)).map(({ user_ref }) => user_ref),
  );
  const found: string[] = [];
  for (const { from } of named.filter(each => !voted.has(each.from))) {
    const person = await deps.directory.person(from);
    const refused = await delegatedRefusal(deps, tx, voter, {
      userRef: from,
      person,
      refused: await refusalOf(looked, person, scored, from),
    });
    if (!refused) found.push(from);
  }
  return found;
}
