import {
  earliestPer,
  perRow,
  rowsFrom,
  type NewRow,
} from '@fawkes/kit-backend/sql';
import type { Knex } from 'knex';
import type { Retold } from '../store/factTable';
import { outdateIncidents, type DirtyServices } from '../store/dirty';
import type { ApplyContext } from './applyContext';

const KEY = { repository: 'text', change_id: 'text' } as const;

/**
 * A commit that was waited for, or that is told differently than before, can
 * change what the deployments from there on contain.
 */
export async function commitsChanged(
  tx: Knex.Transaction,
  changes: readonly Retold<'commit'>[],
  dirty: DirtyServices,
  { now }: Pick<ApplyContext, 'now'>,
): Promise<void> {
  if (changes.length === 0) return;
  await outdateCauses(
    tx,
    changes.map(({ keyRow }) => keyRow.sha),
    now,
  );
  const names = changes.map(({ keyRow }) => ({
    repository: keyRow.repository,
    change_id: keyRow.sha,
  }));
  await waitingServices(tx, names, dirty);

  const retold = changes.flatMap(({ before, keyRow }) =>
    before ? [{ repository: keyRow.repository, change_id: keyRow.sha }] : [],
  );
  if (retold.length === 0) return;
  for (const [service, from] of await linkedServices(tx, retold)) {
    dirty.add(service, from);
  }
}

/** Services whose deployments wait for one of the commits. */
export async function waitingServices(
  tx: Knex.Transaction,
  names: ReadonlyArray<NewRow<typeof KEY>>,
  dirty: DirtyServices,
): Promise<void> {
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
}

/** Incidents that name a commit, or begin to, may mean another one now. */
async function outdateCauses(
  tx: Knex.Transaction,
  shas: readonly string[],
  now: number,
): Promise<void> {
  const isNamed = await tx('incidents')
    .whereNotNull('caused_by')
    // By its index, however few there are.
    .orderBy('caused_by')
    .first('fact_key');
  if (!isNamed) return;
  const names = shas.map(sha => ({ sha, prefix: sha.slice(0, 7) }));
  for (const condition of [
    'incidents.caused_by = k.sha',
    'incidents.cause_prefix = k.prefix',
  ]) {
    const rows: Array<{ fact_key: string }> = await tx
      .distinct('incidents.fact_key')
      .from(
        perRow(
          tx,
          { sha: 'text', prefix: 'text' },
          names,
          'incidents',
          condition,
        ),
      );
    await outdateIncidents(
      tx,
      rows.map(row => row.fact_key),
      now,
    );
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
