import type { Knex } from 'knex';
import { acceptPlain } from '../../plugins/provisioning-backend/src/__testUtils__/harness';

/** Puts requests into the ledger that were made and run since; answers their ids. */
export async function fill(db: Knex, count: number): Promise<string[]> {
  const ids: string[] = [];
  for (let number = 0; number < count; number++) {
    const { id } = await acceptPlain(db, { name: `filled-${number}` });
    ids.push(id);
  }
  await db('effects').update({ state: 'done' });
  await db('runs').update({ state: 'done' });
  await db('requests').update({ state: 'ready' });
  return ids;
}
