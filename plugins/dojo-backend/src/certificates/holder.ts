import type { Knex } from 'knex';
import { tables } from '../store/tables';

/** What telling a holder's name needs. */
export interface HolderDeps {
  db: Knex;
  /** What a person is called; undefined where nobody knows. */
  nameOf(userRef: string): Promise<string | undefined>;
}

/**
 * The name of whoever holds a certificate, as long as they want it told. Whoever
 * takes that back is not named any more from the next moment on.
 */
export async function holderOf(
  credential: string,
  { db, nameOf }: HolderDeps,
): Promise<string | undefined> {
  const row = await db(tables.credentials.name)
    .join('awards', 'awards.id', 'credentials.award_id')
    .join('choices', 'choices.learner_id', 'awards.learner_id')
    .join('learners', 'learners.id', 'awards.learner_id')
    .where({ 'credentials.id': credential, 'choices.show_name': true })
    .first('learners.user_ref');
  if (!row) return undefined;
  try {
    return await nameOf(row.user_ref);
  } catch {
    // The catalog is away; the certificate is verified without it.
    return undefined;
  }
}
