import { select } from '@fawkes/kit-backend/sql';
import type { Knex } from 'knex';
import { revisions, type ChangeRow } from '../store/tables';
import { conflict } from './refusals';
import type { ScoredRevision } from './scored';

/** How the revision that is asked about was scored. */
export async function scoredOf(
  db: Knex,
  { id, revision, state }: ChangeRow,
): Promise<ScoredRevision> {
  const [row] = await select(
    db(revisions.name).where({ change_id: id, revision }),
    revisions,
    'scored',
  );
  if (!row?.scored) throw conflict('vote.not_now', { state });
  return JSON.parse(row.scored);
}
