import { inTransaction } from '@fawkes/kit-backend/sql';
import type { Knex } from 'knex';
import type { Core } from '../core';
import { unseen, type Asker } from '../permissions/asker';
import { alone, lockNames } from '../store/locks';
import { requestWithId, runWithId } from '../store/requests';
import type { RequestRow, RunRow } from '../store/tables';
import type { RequestAction } from '@fawkes/backstage-plugin-provisioning-common';

/** A request that is to be changed, and its run. */
export interface Turn {
  tx: Knex.Transaction;
  request: RequestRow;
  /** The run that goes on, or the last. */
  run: RunRow;
  now: number;
}

/**
 * The request a command is about, once the caller may.
 *
 * @throws NotFoundError, NotAllowedError
 */
export async function requestFor(
  core: Core,
  asker: Asker,
  id: string,
  action: RequestAction,
): Promise<RequestRow> {
  const request = await requestWithId(core.db, id);
  if (!request) throw unseen(id);
  await asker.require(action, request);
  return request;
}

/** Changes a request, and nobody else does meanwhile. */
export async function inTurn<T>(
  core: Core,
  id: string,
  work: (turn: Turn) => Promise<T>,
  ...locks: string[]
): Promise<T> {
  const done = await inTransaction(core.db, async tx => {
    await alone(tx, lockNames.request(id), ...locks);
    const request = await requestWithId(tx, id);
    if (!request) throw unseen(id);
    const run = await runWithId(tx, request.run_id);
    return work({ tx, request, run, now: core.now() });
  });
  core.nudge();
  core.announce([id]);
  return done;
}
