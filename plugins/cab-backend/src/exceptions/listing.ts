import type { ExceptionsQuery } from '@fawkes/backstage-plugin-cab-common';
import { page, select } from '@fawkes/kit-backend/sql';
import type { Knex } from 'knex';
import { exceptions, type ChangeRow, type ExceptionRow } from '../store/tables';

/**
 * A page of exceptions, newest first.
 *
 * @param soonMs - how near an end is that is soon
 */
export function listExceptions(
  db: Knex,
  { entityRef, environment, which, ...asked }: ExceptionsQuery,
  now: number,
  soonMs: number,
) {
  const query = db(exceptions.name);
  if (entityRef !== undefined) query.where('entity_ref', entityRef);
  if (environment !== undefined) query.where('environment', environment);
  if (which !== undefined) {
    query
      .where('state', which === 'waiting' ? 'requested' : 'approved')
      .where('expires_at', '>', now);
  }
  if (which === 'ending') query.where('expires_at', '<=', now + soonMs);
  return page(query, exceptions, { at: 'requested_at', key: 'id' }, asked);
}

/** Exceptions in force that a change request could make use of. */
export async function usableFor(
  db: Knex,
  { entity_ref, environment }: ChangeRow,
  used: ReadonlySet<string>,
  now: number,
): Promise<ExceptionRow[]> {
  const rows = await select(
    db(exceptions.name)
      .where({ entity_ref, environment, state: 'approved' })
      .where('starts_at', '<=', now)
      .where('expires_at', '>', now)
      .orderBy('expires_at')
      .limit(50),
    exceptions,
  );
  return rows.filter(({ id }) => !used.has(id));
}
