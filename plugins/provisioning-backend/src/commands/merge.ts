import type {
  MergeAnswer,
  MergeBody,
} from '@fawkes/backstage-plugin-provisioning-common';
import {
  conflict,
  decide,
} from '@fawkes/backstage-plugin-provisioning-common/rules';
import { Answered } from '@fawkes/kit-backend/http';
import { NotFoundError } from '@backstage/errors';
import type { Core } from '../core';
import type { Asker } from '../permissions/asker';
import { effectRequestOf, requestWithId, runWithId } from '../store/requests';
import { deployerOf } from './deploy';
import { requestFor } from './inTurn';
import { refusal } from './refuse';

/**
 * `POST …/merge`: a reviewed update into main of the local remote, as if its
 * person had pushed it: the host tells that push, and then main is deployed.
 *
 * @throws ConflictError `STALE_HEAD` with the commit main is at
 */
export async function merge(
  core: Core,
  asker: Asker,
  id: string,
  body: MergeBody,
): Promise<Answered<MergeAnswer>> {
  const request = await requestFor(core, asker, id, 'merge');
  const run = await runWithId(core.db, request.run_id);
  const outcome = decide('merge', { state: request.state, runKind: run.kind });
  if (outcome.do === 'refuse') throw refusal(outcome.code, request);
  if (body.revision > request.revision || body.revision < 2) {
    throw new NotFoundError(`${request.name} has no update ${body.revision}`);
  }
  const host = deployerOf(core, request);
  const by = asker.viewer.person();
  const merged = await host.merge(
    await effectRequestOf(core.db, request, body.revision),
    { ...body, by },
  );
  switch (merged.outcome) {
    case 'merged':
      break;
    case 'moved':
      throw conflict(
        'STALE_HEAD',
        'Main has gone on; look at the update again',
        {
          state: request.state,
          details: { head: merged.head },
        },
      );
    case 'conflicts':
      throw conflict(
        'STALE_HEAD',
        `It does not merge cleanly: ${merged.paths.join(', ')}`,
        {
          state: request.state,
          details: { head: body.head, paths: [...merged.paths] },
        },
      );
    default:
      throw new NotFoundError(`The branch of update ${body.revision} is gone`);
  }
  const { commit } = merged;
  // The host has told the push by now, as it tells every other; it begins the run.
  const after = (await requestWithId(core.db, id)) ?? request;
  return new Answered(
    { id, runId: after.run_id, state: after.state, commit },
    202,
  );
}
