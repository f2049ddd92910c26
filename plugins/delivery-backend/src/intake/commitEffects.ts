import { earliestPer, rowsFrom, type NewRow } from '@fawkes/kit-backend/sql';
import type { Knex } from 'knex';
import type { Retold } from '../store/factTable';
import type { DirtyServices } from '../store/dirty';

const KEY = { repository: 'text', change_id: 'text' } as const;

/**
 * A commit that was waited for, or that is told differently than before, can
 * change what the deployments from there on contain.
 */
export async function commitsChanged(
  tx: Knex.Transaction,
  changes: readonly Retold<'commit'>[],
  dirty: DirtyServices,
): Promise<void> {
  if (changes.length === 0) return;
  const names = changes.map(({ keyRow }) => ({
    repository: keyRow.repository,
    change_id: keyRow.sha,
  }));
  const waiting = await earliestPer(
    tx('frontier').innerJoin(rowsFrom(tx, KEY, names), join =>
      join
        .on('k.repository', '=', 'frontier.repository')
        .on('k.change_id', '=', 'frontier.sha'),
    ),
    'frontier.service_ref',
    'frontier.finished_at',
  );
  for (const [service, from] of waiting) dirty.add(service, from);

  const retold = changes.flatMap(({ before, keyRow }) =>
    before ? [{ repository: keyRow.repository, change_id: keyRow.sha }] : [],
  );
  if (retold.length === 0) return;
  for (const [service, from] of await linkedServices(tx, retold)) {
    dirty.add(service, from);
  }
}

/** Services that have one of the changes deployed, and since when. */
export async function linkedServices(
  tx: Knex.Transaction,
  names: ReadonlyArray<NewRow<typeof KEY>>,
): Promise<Map<string, number>> {
  return earliestPer(
    tx('links').innerJoin(rowsFrom(tx, KEY, names), join =>
      join
        .on('k.repository', '=', 'links.repository')
        .on('k.change_id', '=', 'links.change_id'),
    ),
    'links.service_ref',
    'links.finished_at',
  );
}
