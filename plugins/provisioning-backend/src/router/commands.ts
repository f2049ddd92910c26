import type { ProvisioningRoutes } from '@fawkes/backstage-plugin-provisioning-common';
import { Answered, type Handlers } from '@fawkes/kit-backend/http';
import { cancel } from '../commands/cancel';
import { createRequest } from '../commands/createRequest';
import { deploy, rollback } from '../commands/deploy';
import { destroy } from '../commands/destroy';
import { forget } from '../commands/forget';
import { makeGitToken } from '../commands/gitToken';
import { merge } from '../commands/merge';
import { pause } from '../commands/pause';
import { retry } from '../commands/retry';
import { startOrStop } from '../commands/service';
import { transfer } from '../commands/transfer';
import { askerOf, type RouterDeps } from './deps';

type Commands =
  | 'createRequest'
  | 'cancel'
  | 'retry'
  | 'start'
  | 'stop'
  | 'deploy'
  | 'rollback'
  | 'merge'
  | 'destroy'
  | 'forget'
  | 'transfer'
  | 'makeGitToken'
  | 'pause';

/** What changes requests. */
export function commandHandlers(
  deps: RouterDeps,
): Pick<Handlers<ProvisioningRoutes>, Commands> {
  const { core } = deps;
  return {
    createRequest: async ({ body, viewer, note }) => {
      const { name, namespace, spec, mode } = body;
      note({ name, namespace, owner: spec.owner, mode });
      const asker = await askerOf(deps, viewer);
      const answered = await createRequest(core, asker, body);
      const { id, runId, specDigest } = answered.value;
      note({ id, runId, specDigest, platform: asker.somebody.platform });
      return answered;
    },
    cancel: async ({ params, viewer, note }) => {
      const answer = await cancel(core, await askerOf(deps, viewer), params.id);
      note({ runId: answer.runId });
      return answer;
    },
    retry: async ({ params, viewer, note }) => {
      const asker = await askerOf(deps, viewer);
      const answered = await retry(core, asker, params.id);
      note({ runId: answered.value.runId });
      return answered;
    },
    start: async ({ params, viewer }) =>
      startOrStop(core, await askerOf(deps, viewer), params.id, 'start'),
    stop: async ({ params, viewer }) =>
      startOrStop(core, await askerOf(deps, viewer), params.id, 'stop'),
    deploy: async ({ params, body, viewer, note }) => {
      const asker = await askerOf(deps, viewer);
      const answer = await deploy(core, asker, params.id, body);
      note({ runId: answer.runId });
      return answer;
    },
    rollback: async ({ params, body, viewer, note }) => {
      const asker = await askerOf(deps, viewer);
      const answer = await rollback(core, asker, params.id, body);
      note({ runId: answer.runId });
      return answer;
    },
    merge: async ({ params, body, viewer, note }) => {
      note({ revision: body.revision, head: body.head });
      const asker = await askerOf(deps, viewer);
      const answered = await merge(core, asker, params.id, body);
      note({ commit: answered.value.commit });
      return answered;
    },
    destroy: async ({ params, body, viewer, note }) => {
      note({ force: body.force, purge: body.purge });
      const asker = await askerOf(deps, viewer);
      const answered = await destroy(core, asker, params.id, body);
      note({ runId: answered.value.runId });
      return answered;
    },
    forget: async ({ params, body, viewer, note }) => {
      note({ reason: body.reason });
      return forget(core, await askerOf(deps, viewer), params.id, body);
    },
    transfer: async ({ params, body, viewer, note }) => {
      note({ ...body });
      const asker = await askerOf(deps, viewer);
      return transfer(core, asker, params.id, body);
    },
    makeGitToken: async ({ body, viewer, note }) => {
      note({ id: body.request });
      const asker = await askerOf(deps, viewer);
      return new Answered(await makeGitToken(core, asker, body.request));
    },
    pause: async ({ body, viewer, note }) => {
      note({ ...body });
      return pause(core, await askerOf(deps, viewer), body);
    },
  };
}
