import type { RiskResult } from '@fawkes/backstage-plugin-cab-common';
import {
  countingReviewers,
  unresolved,
  whyNotAutomatic,
  type Involved,
  type KnownPerson,
} from '@fawkes/backstage-plugin-cab-common/rules';
import type { ReadFacts } from '../facts/readFacts';
import type { ChangeRow } from '../store/tables';
import type { CaseDeps } from './deps';
import type { ScoredRevision } from './scored';

/** Most members of a group that are looked through for one. */
const MOST_MEMBERS = 500;

/**
 * Whether the policy approves it by itself. Who wrote it and who reviewed it have to
 * be people of the owning group: of others nobody here can tell. A catalog that does
 * not say who they are leaves them unknown.
 */
export async function automaticOf(
  deps: CaseDeps,
  { type }: Pick<ChangeRow, 'type'>,
  facts: ReadFacts,
  involved: readonly Involved[],
  result: RiskResult,
): Promise<NonNullable<ScoredRevision['automatic']>> {
  const owner = facts.catalog?.ownerGroup;
  const question = {
    type,
    result,
    unreadable: facts.unreadable,
    // Whoever attached evidence is on the author side too, and no author.
    authorsKnown: facts.involved.some(({ duty }) => duty === 'author'),
    owner,
    reviewers: [] as string[],
  };
  // Whatever the group says: nobody has to be read for it.
  const before = whyNotAutomatic({ ...question, reviewers: ['anybody'] });
  if (before || owner === undefined) return { not: before ?? 'owner' };
  const members = await membersOf(deps, owner);
  const not = whyNotAutomatic({
    ...question,
    authorsKnown: unresolved(involved.filter(isPerson), members).length === 0,
    reviewers: countingReviewers(facts.reviews, involved, members),
  });
  if (not) return { not };
  return { reviewers: countingReviewers(facts.reviews, involved, members) };
}

/** A bot is nobody of the catalog; whoever runs it is named beside it. */
function isPerson({ bot }: Involved): boolean {
  return !bot;
}

async function membersOf(
  { directory, logger }: CaseDeps,
  owner: string,
): Promise<KnownPerson[]> {
  try {
    const refs = await directory.membersOf([owner]);
    const people: KnownPerson[] = [];
    for (const ref of refs.slice(0, MOST_MEMBERS)) {
      const person = await directory.person(ref);
      if (person) people.push(person);
    }
    return people;
  } catch (error) {
    logger.warn('Who reviewed the code is not known at the moment', {
      error: String(error),
    });
    return [];
  }
}
