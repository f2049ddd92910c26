import type { RunAnswer } from '@fawkes/backstage-plugin-provisioning-common';
import { decide } from '@fawkes/backstage-plugin-provisioning-common/rules';
import type { Core } from '../core';
import type { Asker } from '../permissions/asker';
import { inTurn, requestFor } from './inTurn';
import { refusal } from './refuse';

/** `POST …/cancel`: kept in the row; the run begins nothing more. */
export async function cancel(
  core: Core,
  asker: Asker,
  id: string,
): Promise<RunAnswer> {
  await requestFor(core, asker, id, 'cancel');
  return inTurn(core, id, async ({ tx, request, run, now }) => {
    const outcome = decide('cancel', {
      state: request.state,
      runKind: run.kind,
    });
    if (outcome.do === 'refuse') throw refusal(outcome.code, request);
    await tx('runs')
      .where({ id: run.id, state: 'running' })
      .whereNull('asked')
      .update({ asked: 'cancelled', asked_at: now });
    return { id, runId: run.id, state: request.state };
  });
}
