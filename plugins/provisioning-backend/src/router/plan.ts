import type { ProvisioningRoutes } from '@fawkes/backstage-plugin-provisioning-common';
import type { Handlers } from '@fawkes/kit-backend/http';
import { checkName } from '../plan/checkName';
import { planRequest } from '../plan/planRequest';
import { readTemplateList } from '../read/operator';
import { askerOf, type RouterDeps } from './deps';

/** What is asked before anything is asked for. */
export function planHandlers(
  deps: RouterDeps,
): Pick<Handlers<ProvisioningRoutes>, 'plan' | 'checkName' | 'getTemplates'> {
  const { core } = deps;
  return {
    plan: async ({ body, viewer, note }) => {
      const plan = await planRequest(core, await askerOf(deps, viewer), body);
      note({ name: plan.name, planDigest: plan.planDigest });
      return plan;
    },
    checkName: async ({ params, query, viewer }) =>
      checkName(core, await askerOf(deps, viewer), params, query),
    getTemplates: async () => readTemplateList(core),
  };
}
