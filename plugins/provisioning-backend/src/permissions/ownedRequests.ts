import { select } from '@fawkes/kit-backend/sql';
import type { Knex } from 'knex';
import { tables } from '../store/tables';
import { ownedOf } from './asker';
import type { OwnedRequest } from './rules';

/** Loads requests as permission rules see them, by their ids. */
export function ownedRequests(
  db: Knex,
): (ids: string[]) => Promise<Array<OwnedRequest | undefined>> {
  return async ids => {
    const query = db('requests').whereIn('id', ids);
    const rows = await select(
      query,
      tables.requests,
      'id',
      'owner',
      'requester',
      'practice',
    );
    const byId = new Map(rows.map(row => [row.id, ownedOf(row)]));
    return ids.map(id => byId.get(id));
  };
}
