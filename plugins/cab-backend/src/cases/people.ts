import {
  exclusionOf,
  isInPool,
  quorumImpossible,
  type Involved,
  type Member,
  type Requirement,
} from '@fawkes/backstage-plugin-cab-common/rules';
import { insertRows, select } from '@fawkes/kit-backend/sql';
import type { Knex } from 'knex';
import type { DirectoryPerson } from '../people/directory';
import { people } from '../store/tables';
import type { CaseDeps } from './deps';

/** How long what the catalog said about somebody is good for, ms. */
export const FRESH_MS = 5 * 60_000;

/** Somebody has to be read again before this can be decided. */
export class StaleVoters extends Error {
  constructor(readonly userRefs: readonly string[]) {
    super('Who voters are has to be read again');
  }
}

/**
 * Reads somebody from the catalog, and keeps it for the gate.
 *
 * @returns undefined for nobody the catalog knows
 * @throws when the catalog does not answer
 */
export async function readPerson(
  { directory, db }: Pick<CaseDeps, 'directory' | 'db'>,
  userRef: string,
  now: number,
): Promise<DirectoryPerson | undefined> {
  const person = await directory.person(userRef);
  await keepPerson(db, userRef, person, now);
  return person;
}

/** Keeps what the catalog said about somebody. */
export async function keepPerson(
  db: Knex,
  userRef: string,
  person: DirectoryPerson | undefined,
  now: number,
): Promise<void> {
  await insertRows(
    db,
    people,
    [
      {
        user_ref: userRef,
        person: JSON.stringify(person ?? null),
        read_at: now,
      },
    ],
    { update: ['person', 'read_at'] },
  );
}

/**
 * Who voters are, from the plugin's own table.
 *
 * @throws StaleVoters for those that were read too long ago
 */
export async function knownVoters(
  db: Knex,
  userRefs: readonly string[],
  now: number,
): Promise<Map<string, DirectoryPerson>> {
  const rows = await select(
    db(people.name).whereIn('user_ref', [...userRefs]),
    people,
  );
  const fresh = new Map(
    rows
      .filter(({ read_at }) => now - read_at <= FRESH_MS)
      .map(row => [
        row.user_ref,
        JSON.parse(row.person) as DirectoryPerson | null,
      ]),
  );
  const stale = userRefs.filter(ref => !fresh.has(ref));
  if (stale.length > 0) throw new StaleVoters(stale);
  return new Map(
    [...fresh].filter(
      (pair): pair is [string, DirectoryPerson] => pair[1] !== null,
    ),
  );
}

/**
 * Runs something that needs to know who voters are; those who were read too long
 * ago are read again outside of its transaction.
 *
 * @throws when the catalog does not say who they are
 */
export async function withFreshVoters<T>(
  deps: Pick<CaseDeps, 'directory' | 'db'>,
  now: () => Promise<number>,
  work: () => Promise<T>,
): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof StaleVoters) || attempt === 3) throw error;
      for (const userRef of error.userRefs) {
        await readPerson(deps, userRef, await now());
      }
    }
  }
}

/** Those who asked or edited, as the author side knows them. */
export function submitters(userRefs: readonly string[]): Involved[] {
  return userRefs.map(userRef => ({ duty: 'submitter', userRef }));
}

/** Somebody as quorums count them; undefined for who may not decide. */
export function memberOf(
  person: DirectoryPerson | undefined,
  involved: readonly Involved[],
): Member | undefined {
  if (!person || exclusionOf(person, involved)) return undefined;
  return { userRef: person.userRef, groups: person.groups };
}

/**
 * The author side with what its Users are known by, so that another User of the same
 * person is found too. While the catalog is away it is what it said last.
 */
export async function withIdentities(
  deps: Pick<CaseDeps, 'directory' | 'db' | 'logger'>,
  involved: readonly Involved[],
): Promise<Involved[]> {
  const refs = new Set(involved.flatMap(({ userRef }) => userRef ?? []));
  const known = new Map<string, DirectoryPerson | undefined>();
  for (const ref of refs) known.set(ref, await personOrLast(deps, ref));
  return involved.map(each => {
    const person = each.userRef ? known.get(each.userRef) : undefined;
    if (!person) return each;
    const { emails, accounts } = person;
    return { ...each, known: { emails, accounts } };
  });
}

async function personOrLast(
  { directory, db, logger }: Pick<CaseDeps, 'directory' | 'db' | 'logger'>,
  userRef: string,
): Promise<DirectoryPerson | undefined> {
  try {
    return await directory.person(userRef);
  } catch (error) {
    logger.warn('Somebody of the author side could not be read', {
      error: String(error),
    });
    const [kept] = await select(
      db(people.name).where({ user_ref: userRef }),
      people,
    );
    return kept && (JSON.parse(kept.person) ?? undefined);
  }
}

/**
 * Whether those who may vote are too few for what is required.
 *
 * @param left - people who stepped back
 * @throws when the catalog does not answer
 */
export async function tooFewFor(
  { directory }: Pick<CaseDeps, 'directory'>,
  requirement: Requirement,
  involved: readonly Involved[],
  owner: string | undefined,
  left: ReadonlySet<string>,
): Promise<boolean> {
  const refs = await directory.membersOf(requirement.pool);
  const able: Member[] = [];
  for (const ref of refs.filter(each => !left.has(each))) {
    const person = await directory.person(ref);
    const member = memberOf(person, involved);
    if (
      member &&
      person!.accounts.length > 0 &&
      isInPool(member, requirement)
    ) {
      able.push(member);
    }
    if (!quorumImpossible(requirement, able, owner)) return false;
  }
  return true;
}
