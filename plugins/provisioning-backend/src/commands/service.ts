import type { ServiceAnswer } from '@fawkes/backstage-plugin-provisioning-common';
import {
  changesService,
  decide,
  fullQuota,
  isUp,
} from '@fawkes/backstage-plugin-provisioning-common/rules';
import type { Core } from '../core';
import type { Asker } from '../permissions/asker';
import { quotasFor } from '../plan/quotas';
import { runWithId } from '../store/requests';
import { deployerOf } from './deploy';
import { requestFor } from './inTurn';
import { quotaRefusal, refusal } from './refuse';

/** `POST …/start` and `…/stop`: changes the service, and no request. */
export async function startOrStop(
  core: Core,
  asker: Asker,
  id: string,
  command: 'start' | 'stop',
): Promise<ServiceAnswer> {
  const request = await requestFor(core, asker, id, command);
  const host = request.host === 'local' ? core.localHost() : undefined;
  const service = await host?.serviceOf(id);
  const run = await runWithId(core.db, request.run_id);
  const outcome = decide(command, {
    state: request.state,
    runKind: run.kind,
    service: service?.state,
  });
  if (outcome.do === 'refuse') throw refusal(outcome.code, request);
  const deployer = deployerOf(core, request);
  if (service && !changesService(command, service.state)) {
    return { id, service };
  }
  if (command === 'start' && service && !isUp(service.state)) {
    const quota = await quotasFor(core.db, request.owner, core.config.limits);
    const full = fullQuota([quota.running]);
    if (full) throw quotaRefusal(full, request.owner);
  }
  const changed = await deployer[command](id);
  await core
    .db('requests')
    .where('id', id)
    .update({ service_state: changed.state });
  core.announce([id]);
  return { id, service: changed };
}
