import { planDeploy } from '@fawkes/backstage-plugin-provisioning-common/rules';
import { insertRows, inTransaction } from '@fawkes/kit-backend/sql';
import type { Knex } from 'knex';
import type { PushedMain } from '../effects/localHost';
import { beginRun } from '../ledger/begin';
import { read } from '../store/json';
import { alone, lockNames } from '../store/locks';
import { requestWithId, revisionOf, specOf } from '../store/requests';
import { tables, type RequestRow } from '../store/tables';
import {
  decide,
  type ObservedFacts,
} from '@fawkes/backstage-plugin-provisioning-common/rules';

/**
 * Takes a push to main: it is deployed at once where nothing goes on, else when
 * the run ends, the newest only. Kept when this resolves. Main only goes forward,
 * so a commit that was told or deployed before is nothing new.
 *
 * @returns whether something is to be done for it
 */
export async function takePush(
  db: Knex,
  { requestId, commit, by }: PushedMain,
  now: number,
): Promise<boolean> {
  // What the portal pushes, its runs know.
  if (by === undefined) return false;
  return inTransaction(db, async tx => {
    await alone(tx, lockNames.request(requestId));
    const request = await requestWithId(tx, requestId);
    if (!request || (await isKnown(tx, requestId, commit))) return false;
    await insertRows(tx, tables.toldPushes, [
      { request_id: requestId, sha: commit, at: now },
    ]);
    const run = await tx('runs').where('id', request.run_id).first('kind');
    const outcome = decide('deploy', {
      state: request.state,
      runKind: run.kind,
    });
    if (outcome.do === 'refuse' && outcome.code !== 'RUN_IN_PROGRESS') {
      return false;
    }
    await insertRows(
      tx,
      tables.waitingPushes,
      [{ request_id: requestId, sha: commit, pushed_by: by, at: now }],
      { update: ['sha', 'pushed_by', 'at'] },
    );
    // While a run goes on, it begins the deployment as it ends.
    if (outcome.do === 'begin') await beginWaitingPush(tx, request, now);
    return true;
  });
}

/** Whether a push was told before, or somebody had its commit deployed by name. */
async function isKnown(
  tx: Knex.Transaction,
  requestId: string,
  commit: string,
): Promise<boolean> {
  const told = await tx('told_pushes')
    .where({ request_id: requestId, sha: commit })
    .first('sha');
  const deployed = await tx('runs')
    .where({ request_id: requestId, wanted_commit: commit })
    .first('id');
  return told !== undefined || deployed !== undefined;
}

/** Begins the deployment of the push that waits, if one does. */
export async function beginWaitingPush(
  tx: Knex.Transaction,
  request: RequestRow,
  now: number,
): Promise<void> {
  const waiting = await tx('waiting_pushes')
    .where('request_id', request.id)
    .first('sha', 'pushed_by');
  if (!waiting) return;
  await tx('waiting_pushes').where('request_id', request.id).delete();
  const revision = await revisionOf(tx, request);
  const facts = read<ObservedFacts>(revision.facts);
  await beginRun(
    tx,
    request,
    {
      kind: 'deploy',
      state: 'running',
      initiator: {
        ref: waiting.pushed_by ?? request.requester,
        rights: request.practice ? 'practice' : 'owner',
      },
      revision: request.revision,
      commit: waiting.sha,
      effects: planDeploy('deploy', specOf(request, revision), facts),
    },
    now,
  );
}
