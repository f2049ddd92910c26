import type {
  ForgetAnswer,
  ForgetBody,
} from '@fawkes/backstage-plugin-provisioning-common';
import { decide } from '@fawkes/backstage-plugin-provisioning-common/rules';
import type { Core } from '../core';
import type { Asker } from '../permissions/asker';
import { inTurn, requestFor } from './inTurn';
import { refusal } from './refuse';

/** `POST …/forget`: gives up on the rest of a destroy; it stays listed. */
export async function forget(
  core: Core,
  asker: Asker,
  id: string,
  { reason }: ForgetBody,
): Promise<ForgetAnswer> {
  await requestFor(core, asker, id, 'forget');
  return inTurn(core, id, async ({ tx, request, run, now }) => {
    const outcome = decide('forget', {
      state: request.state,
      runKind: run.kind,
    });
    if (outcome.do !== 'set') {
      throw refusal(
        outcome.do === 'refuse' ? outcome.code : 'WRONG_STATE',
        request,
      );
    }
    await tx('requests')
      .where('id', id)
      .update({ state: outcome.state, forgotten: reason, updated_at: now });
    return { id, state: outcome.state };
  });
}
