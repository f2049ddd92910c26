import type { CaseDeps } from '../cases/deps';
import { catalogAway } from '../cases/deciding';
import { notAllowed } from '../cases/refusals';
import type { DirectoryPerson } from '../people/directory';
import type { ChangeRow } from '../store/tables';

/**
 * Who somebody is, as the catalog says now.
 *
 * @throws AwayError when it does not answer
 */
export async function personOf(
  { directory, logger }: Pick<CaseDeps, 'directory' | 'logger'>,
  userRef: string,
): Promise<DirectoryPerson | undefined> {
  try {
    return await directory.person(userRef);
  } catch (error) {
    logger.warn('Whose evidence it is could not be read', {
      error: String(error),
    });
    throw catalogAway();
  }
}

function isTheirs(
  row: ChangeRow,
  person: DirectoryPerson | undefined,
  userRef: string,
): boolean {
  return (
    row.submitter === userRef ||
    row.owner_ref === userRef ||
    (row.owner_ref !== null && (person?.groups ?? []).includes(row.owner_ref))
  );
}

/** Whoever asked, and the owner of the entity. */
export function attachRefusal(
  row: ChangeRow,
  userRef: string,
  person: DirectoryPerson | undefined,
): Error | undefined {
  return isTheirs(row, person, userRef)
    ? undefined
    : notAllowed('change.not_owner', {
        submitter: row.submitter,
        entity: row.entity_ref,
      });
}

/** The owner, those who decide, and auditors. A policy may not widen it. */
export function bytesRefusal(
  { config }: Pick<CaseDeps, 'config'>,
  row: ChangeRow,
  userRef: string,
  person: DirectoryPerson | undefined,
): Error | undefined {
  const { board, emergency, security, auditors } = config.groups;
  const isOf = [board, emergency, security, auditors].some(
    group => group !== undefined && person?.groups.includes(group),
  );
  return isOf || isTheirs(row, person, userRef)
    ? undefined
    : notAllowed('evidence.bytes_whose', { entity: row.entity_ref });
}
