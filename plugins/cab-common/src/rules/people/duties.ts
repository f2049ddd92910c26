import {
  isOf,
  isProviderItself,
  type Identity,
  type KnownPerson,
} from './identity';

/** What somebody did for a change request that keeps them from approving it. @public */
export const DUTIES = [
  'author',
  'committer',
  'co_author',
  'bot_operator',
  'submitter',
  'plan_owner',
  'producer',
  'exception_requester',
] as const;
/** One of {@link DUTIES}. @public */
export type Duty = (typeof DUTIES)[number];

/** Somebody on the author side, as far as is known. @public */
export interface Involved extends Identity {
  /** What they did. */
  duty: Duty;
  /** The User, where it is known to begin with. */
  userRef?: string;
  /** Addresses and accounts of that User: another one with one of them is the same. */
  known?: Pick<KnownPerson, 'emails' | 'accounts'>;
  /** It is no person; whoever runs it is involved besides. */
  bot?: boolean;
}

/** Why somebody may not approve. @public */
export interface Exclusion {
  /** What they did. */
  duty: Duty;
  /** How they were recognised. */
  by: 'user' | 'identity';
}

/**
 * Why a person is on the author side: by the User, or by any address or account
 * that is theirs. Of two Users who share an address both are.
 * @public
 */
export function exclusionOf(
  person: KnownPerson,
  involved: readonly Involved[],
): Exclusion | undefined {
  for (const each of involved) {
    if (each.userRef?.toLowerCase() === person.userRef.toLowerCase()) {
      return { duty: each.duty, by: 'user' };
    }
    if (!isIgnored(each) && identitiesOf(each).some(by => isOf(by, person))) {
      return { duty: each.duty, by: 'identity' };
    }
  }
  return undefined;
}

/** Everything somebody involved is known by, apart from the User. */
function identitiesOf({ known, ...own }: Involved): Identity[] {
  return [
    own,
    ...(known?.emails ?? []).map(email => ({ email })),
    ...(known?.accounts ?? []).map(account => ({ account })),
  ];
}

/**
 * Those on the author side nobody of the catalog is known to be. With one of
 * them nothing is approved automatically.
 * @public
 */
export function unresolved(
  involved: readonly Involved[],
  people: readonly KnownPerson[],
): Involved[] {
  const refs = new Set(people.map(({ userRef }) => userRef.toLowerCase()));
  return involved.filter(
    each =>
      !isIgnored(each) &&
      !(each.userRef && refs.has(each.userRef.toLowerCase())) &&
      !people.some(person => isOf(each, person)),
  );
}

/** The button of a provider committed; who pressed it is the author beside it. */
function isIgnored(each: Involved): boolean {
  return each.duty === 'committer' && isProviderItself(each);
}

/** Who is asking, as the framework knows them. @public */
export type Principal =
  | {
      kind: 'user';
      userRef: string;
      /** A service that acts for them. */ actor?: string;
    }
  | { kind: 'service'; subject: string }
  | { kind: 'nobody' };

/**
 * The person who decides by themselves. A service has no vote, and neither has a
 * service that holds a person's token: `actor` gives it away.
 * @public
 */
export function personDeciding(principal: Principal): string | undefined {
  return principal.kind === 'user' && principal.actor === undefined
    ? principal.userRef.toLowerCase()
    : undefined;
}
