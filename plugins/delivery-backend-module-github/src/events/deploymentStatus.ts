import {
  say,
  type DeploymentStatus,
} from '@fawkes/backstage-plugin-delivery-common';
import {
  ignored,
  part,
  rejected,
  together,
  whole,
  type Mapped,
} from '@fawkes/backstage-plugin-delivery-node';
import { z } from 'zod';
import { instant, originOf, repository, webUrl, withPayload } from '../payload';
import type { Rules } from '../rules';
import { deployment, deploymentFields } from './deploymentRecord';

const schema = z.object({
  deployment_status: z.object({
    state: z.string(),
    environment: z.string().nullish(),
    created_at: instant,
    log_url: z.string().nullish(),
    target_url: z.string().nullish(),
  }),
  deployment,
  repository,
  /** The run of a workflow, where a job of it names an environment. */
  workflow_run: z
    .object({ id: z.number().int(), run_attempt: z.number().int().nullish() })
    .nullish(),
});

const STATUSES: ReadonlyMap<string, DeploymentStatus> = new Map([
  ['queued', 'pending'],
  ['pending', 'pending'],
  ['waiting', 'pending'],
  ['in_progress', 'running'],
  ['success', 'success'],
  ['failure', 'failure'],
  ['error', 'failure'],
]);

/**
 * `deployment_status`: a deployment moved. It counts at its terminal status;
 * statuses are written once and never changed, so the moment one was created
 * is the moment the deployment finished, and the first time it is in progress
 * the moment it started: when it was asked for, nothing had begun.
 *
 * The environment is the status's own where it names one: a deployment that is
 * promoted from staging to production is told once for each.
 */
export function mapDeploymentStatus(payload: unknown, rules: Rules): Mapped {
  return withPayload(schema, payload, told => {
    const { state, environment, created_at, log_url, target_url } =
      told.deployment_status;
    if (state === 'inactive') {
      return ignored(
        'GitHub event deployment_status with state inactive only tells that a later deployment took its place',
      );
    }
    const status = STATUSES.get(state);
    if (!status) {
      return rejected(
        'deployment_status.state',
        say('rejected.github_state', { state: state.slice(0, 64) }).text,
      );
    }
    const fields = deploymentFields(
      told.deployment,
      originOf(told.repository),
      rules,
    );
    const terminal = status === 'success' || status === 'failure';
    const record = whole({
      ...fields,
      environment: environment || fields.environment,
      occurredAt: created_at,
      startedAt: status === 'running' ? created_at : undefined,
      finishedAt: terminal ? created_at : undefined,
      status,
      run: runOf(told.workflow_run),
      url: webUrl(log_url) ?? webUrl(target_url),
    });
    if (status !== 'running') return record;
    // Later states tell no beginning and would take this one away.
    const { source, id, service } = fields;
    return together(
      record,
      part({
        type: 'deployment',
        source: String(source),
        id: String(id),
        occurredAt: created_at,
        fields: {
          service,
          environment: environment || fields.environment,
          status,
        },
        earliest: { startedAt: created_at },
      }),
    );
  });
}

/** A run and its attempt: one that is run again is another deployment. */
function runOf(
  run: z.infer<typeof schema>['workflow_run'],
): string | undefined {
  return run ? `${run.id}/${run.run_attempt ?? 1}` : undefined;
}
