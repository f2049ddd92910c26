import {
  ignored,
  whole,
  type Mapped,
} from '@fawkes/backstage-plugin-delivery-node';
import { z } from 'zod';
import { originOf, repository, withPayload } from '../payload';
import type { Rules } from '../rules';
import { deployment, deploymentFields } from './deploymentRecord';

const schema = z.object({
  /** Missing in what GitHub Enterprise Server sends. */
  action: z.string().nullish(),
  deployment,
  repository,
});

/** `deployment`: somebody asked for a deployment; its outcome comes later. */
export function mapDeployment(payload: unknown, rules: Rules): Mapped {
  return withPayload(schema, payload, told => {
    if (told.action && told.action !== 'created') {
      return ignored(`GitHub event deployment.${told.action} tells no outcome`);
    }
    return whole({
      ...deploymentFields(told.deployment, originOf(told.repository), rules),
      occurredAt: told.deployment.created_at,
      status: 'pending',
    });
  });
}
