import {
  provisioningRoutes,
  type ProvisioningRoutes,
} from '@fawkes/backstage-plugin-provisioning-common';
import {
  fakePluginService,
  type FakePluginService,
} from '@fawkes/kit-backend/http';
import type { FakeAnswers } from '@fawkes/kit-contract';
import {
  provisioningServiceOf,
  provisioningServiceRef,
  type ProvisioningService,
} from '../service';

/** A double of the provisioning plugin. @public */
export type FakeProvisioning = FakePluginService<ProvisioningService>;

/**
 * A double that answers as a test says, by the names of the routes. A question
 * nobody expects is refused by name, and so is an answer the plugin would not give.
 *
 * @param answers - left out: the plugin is not installed
 * @public
 */
export function fakeProvisioning(
  answers?: FakeAnswers<ProvisioningRoutes>,
): FakeProvisioning {
  return fakePluginService(
    provisioningServiceRef,
    provisioningRoutes,
    provisioningServiceOf,
    answers,
  );
}
