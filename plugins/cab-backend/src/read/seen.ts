import type {
  ChangesQuery,
  ChangesResponse,
} from '@fawkes/backstage-plugin-cab-common';
import type { Viewer } from '@fawkes/kit-backend/access';
import { notFound } from '../cases/refusals';
import type { ChangeRow } from '../store/tables';
import type { Reading } from './reading';
import { missingAtLeast, summaryOf } from './summary';

/**
 * A change request whose entity the viewer may see.
 *
 * @throws NotFoundError for others: nobody learns that they are there
 */
export async function seenChange(
  reading: Reading,
  viewer: Viewer,
  id: string,
): Promise<ChangeRow> {
  const row = await reading.change(id);
  const visible =
    row && (await viewer.entities([row.entity_ref])).has(row.entity_ref);
  if (!row || !visible) throw notFound('change.not_found', { id });
  return row;
}

/** A page of those of entities the viewer may see. */
export async function seenChanges(
  reading: Reading,
  viewer: Viewer,
  query: ChangesQuery,
): Promise<ChangesResponse> {
  const page = await reading.changes(query);
  const entities = await viewer.entities(page.rows.map(row => row.entity_ref));
  const rows = page.rows.filter(row => entities.has(row.entity_ref));
  const approvals = await reading.approvals(rows);
  return {
    asOf: await reading.now(),
    items: rows.map(row =>
      summaryOf(row, missingAtLeast(row, approvals.get(row.id))),
    ),
    nextCursor: page.nextCursor,
  };
}
