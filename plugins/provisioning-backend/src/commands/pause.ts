import type {
  PauseAnswer,
  PauseBody,
} from '@fawkes/backstage-plugin-provisioning-common';
import { insertRows } from '@fawkes/kit-backend/sql';
import type { Core } from '../core';
import type { Asker } from '../permissions/asker';
import { tables } from '../store/tables';

/** `POST /operator/pause`: takes on nothing new, or takes it on again. */
export async function pause(
  core: Core,
  asker: Asker,
  { paused, reason }: PauseBody,
): Promise<PauseAnswer> {
  if (paused) {
    const row = {
      name: 'paused' as const,
      reason,
      set_by: asker.viewer.person(),
      set_at: core.now(),
    };
    await insertRows(core.db, tables.flags, [row], {
      update: ['reason', 'set_by', 'set_at'],
    });
  } else {
    await core.db('flags').where('name', 'paused').delete();
  }
  return { paused };
}
