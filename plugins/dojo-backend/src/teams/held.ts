import type { Knex } from 'knex';
import { tables, type AwardRow } from '../store/tables';
import type { Group } from './groups';

/** Direct members who learn, by their names in small letters. */
export async function learnersIn(
  db: Knex,
  { members }: Group,
): Promise<Map<string, string>> {
  const rows: Array<{ id: string; user_ref: string }> = await db(
    tables.learners.name,
  )
    .whereIn('user_ref', members)
    .select('id', 'user_ref');
  return new Map(rows.map(row => [row.user_ref.toLowerCase(), row.id]));
}

type Held = Pick<AwardRow, 'learner_id' | 'belt_id' | 'criteria'>;

/** Awards that were not taken back, by their holders. */
export async function heldBy(
  db: Knex,
  learners: readonly string[],
): Promise<Map<string, Held[]>> {
  const rows: Held[] = await db(tables.awards.name)
    .whereIn('learner_id', [...learners])
    .whereNull('revoked_at')
    .orderBy('awarded_at')
    .select('learner_id', 'belt_id', 'criteria');
  const held = new Map<string, Held[]>();
  for (const row of rows) {
    held.set(row.learner_id, [...(held.get(row.learner_id) ?? []), row]);
  }
  return held;
}
