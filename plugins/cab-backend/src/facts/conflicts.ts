import { STATE_SETS } from '@fawkes/backstage-plugin-cab-common';
import type { Interval } from '@fawkes/backstage-plugin-cab-common/rules';
import { select } from '@fawkes/kit-backend/sql';
import type { Knex } from 'knex';
import { changes } from '../store/tables';

/** The ids of change requests of some entities that are planned for a time. */
export type FindConflicts = (
  entityRefs: readonly string[],
  window: Interval,
  except?: string,
) => Promise<string[]>;

/** Most that are named: each of them is enough to be one. */
const NAMED = 20;

/**
 * Finds what was allowed, or runs, and meets a time: what nobody has decided yet
 * may never come.
 */
export function conflictsIn(db: Knex): FindConflicts {
  return async (entityRefs, { from, to }, except) => {
    const query = db(changes.name)
      .whereIn('entity_ref', [...entityRefs])
      .whereIn('state', [...STATE_SETS.open, ...STATE_SETS.run])
      .where('window_from', '<', to)
      .where('window_to', '>', from);
    if (except !== undefined) query.whereNot('id', except);
    const rows = await select(
      query.orderBy('window_from').orderBy('id').limit(NAMED),
      changes,
      'id',
    );
    return rows.map(({ id }) => id);
  };
}
