import {
  provisioningRequestOperatePermission,
  type ProvisioningRoutes,
} from '@fawkes/backstage-plugin-provisioning-common';
import { validateGpuHost } from '@fawkes/backstage-plugin-provisioning-common/gpu';
import type { Handlers } from '@fawkes/kit-backend/http';
import type { RouterDeps } from './deps';

/** What is asked of GPU hosts. */
export function gpuHandlers({
  core,
}: RouterDeps): Pick<Handlers<ProvisioningRoutes>, 'validateGpu'> {
  return {
    validateGpu: async ({ body, viewer, note }) => {
      // What nobody has tried is let through by those who run the portal.
      if (body.allowExperimental)
        await viewer.require(provisioningRequestOperatePermission);
      const verdict = validateGpuHost(body, core.now());
      note({
        fqdn: body.fqdn,
        ok: verdict.ok,
        ...(body.allowExperimental && { allowExperimental: true }),
      });
      return verdict;
    },
  };
}
