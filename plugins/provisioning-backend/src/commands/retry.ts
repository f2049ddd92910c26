import type { RunAnswer } from '@fawkes/backstage-plugin-provisioning-common';
import {
  decide,
  type Command,
} from '@fawkes/backstage-plugin-provisioning-common/rules';
import { Answered } from '@fawkes/kit-backend/http';
import type { Core } from '../core';
import { beginRun, remainingOf } from '../ledger/begin';
import type { Asker } from '../permissions/asker';
import type { RequestRow } from '../store/tables';
import { inTurn, requestFor } from './inTurn';
import { refusal } from './refuse';

/** `POST …/retry`: goes on with the stored spec; by whoever asks now, with their rights. */
export async function retry(
  core: Core,
  asker: Asker,
  id: string,
): Promise<Answered<RunAnswer>> {
  const request = await requestFor(core, asker, id, 'retry');
  return runAgain(core, asker, request, 'retry');
}

/** Goes on with what the last run did not get to. */
export async function runAgain(
  core: Core,
  asker: Asker,
  { id, ...row }: RequestRow,
  command: Extract<Command, 'retry' | 'same_spec'>,
): Promise<Answered<RunAnswer>> {
  const initiator = await asker.initiator(row);
  return inTurn(core, id, async ({ tx, request, run, now }) => {
    const outcome = decide(command, {
      state: request.state,
      runKind: run.kind,
    });
    if (outcome.do === 'attach' || outcome.do === 'existing') {
      const { run_id: runId, state } = request;
      return new Answered({ id, runId, state }, 200);
    }
    if (outcome.do !== 'begin') {
      throw refusal(
        outcome.do === 'refuse' ? outcome.code : 'WRONG_STATE',
        request,
      );
    }
    const runId = await beginRun(
      tx,
      request,
      {
        kind: run.kind,
        state: outcome.state,
        initiator,
        revision: run.revision,
        ...(run.wanted_commit && { commit: run.wanted_commit }),
        ...(run.wanted_digest && { digest: run.wanted_digest }),
        ...(await remainingOf(tx, run)),
      },
      now,
    );
    return new Answered({ id, runId, state: outcome.state }, 202);
  });
}
