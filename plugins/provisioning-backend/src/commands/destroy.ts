import { NotAllowedError } from '@backstage/errors';
import type {
  DestroyBody,
  RunAnswer,
} from '@fawkes/backstage-plugin-provisioning-common';
import {
  decide,
  unprocessable,
} from '@fawkes/backstage-plugin-provisioning-common/rules';
import { Answered } from '@fawkes/kit-backend/http';
import type { Core } from '../core';
import { beginRun, destructionOf } from '../ledger/begin';
import type { Initiator } from '../people/people';
import { unseen, type Asker } from '../permissions/asker';
import { dependantsOf } from '../read/dependants';
import { requestWithId, revisionOf, specOf } from '../store/requests';
import type { RequestRow } from '../store/tables';
import { inTurn } from './inTurn';
import { refusal } from './refuse';

/**
 * `POST …/destroy`: takes everything down, and goes on where an earlier destroy
 * stopped.
 *
 * @throws ConflictError `HAS_DEPENDANTS`, UnprocessableError `NOT_CONFIRMED`
 */
export async function destroy(
  core: Core,
  asker: Asker,
  id: string,
  body: DestroyBody,
): Promise<Answered<RunAnswer>> {
  const request = await requestWithId(core.db, id);
  if (!request) throw unseen(id);
  const initiator = await initiatorOf(asker, request, body);
  if (body.purge) await asker.require('purge', request);
  if (body.confirm !== request.name) {
    throw unprocessable(
      'NOT_CONFIRMED',
      `confirm: type the name, ${request.name}`,
    );
  }
  const goesOn = !['destroying', 'destroyed', 'destroy_incomplete'].includes(
    request.state,
  );
  if (goesOn && !body.force) {
    const dependants = await dependantsOf(core, request);
    if (dependants.length > 0) {
      throw refusal('HAS_DEPENDANTS', request, { dependants });
    }
  }
  return beginDestroy(core, id, initiator, body.purge);
}

/** Begins the destroy, or attaches to the one that goes on. */
export function beginDestroy(
  core: Core,
  id: string,
  initiator: Initiator,
  purge: boolean,
): Promise<Answered<RunAnswer>> {
  return inTurn(core, id, async ({ tx, request, run, now }) => {
    const outcome = decide('destroy', {
      state: request.state,
      runKind: run.kind,
    });
    if (outcome.do === 'refuse') throw refusal(outcome.code, request);
    if (outcome.do !== 'begin') {
      const { state, run_id: runId } = request;
      return new Answered({ id, runId, state }, 200);
    }
    const revision = await revisionOf(tx, request);
    const spec = specOf(request, revision);
    const runId = await beginRun(
      tx,
      request,
      {
        kind: 'destroy',
        state: 'destroying',
        initiator,
        revision: request.revision,
        purge,
        ...(await destructionOf(tx, request, spec, purge)),
      },
      now,
    );
    return new Answered({ id, runId, state: 'destroying' as const }, 202);
  });
}

/** The owner group; by force the platform group; what is for practice, a plugin too. */
async function initiatorOf(
  asker: Asker,
  request: RequestRow,
  { force }: DestroyBody,
): Promise<Initiator> {
  if (asker.viewer.userRef === undefined) {
    const plugin = asker.practiceEnder();
    if (plugin && request.practice) return { ref: plugin, rights: 'plugin' };
    await asker.require('see', request);
    throw new NotAllowedError(
      'A plugin may end practice requests only, when provisioning.practiceEnders names it',
    );
  }
  await asker.require(force ? 'force' : 'destroy', request);
  return asker.initiator(request);
}
