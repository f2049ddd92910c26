import type { DeploymentSummary } from '@fawkes/backstage-plugin-delivery-common';

/**
 * What became of a deployment, in the words of the page. An attempt never
 * reached the environment and counts nowhere.
 */
export type Outcome =
  | 'success'
  | 'failed'
  | 'rolled-back'
  | 'attempt'
  | 'running';

/** The outcome of a deployment. */
export function outcomeOf(
  deployment: Pick<DeploymentSummary, 'status' | 'failed'>,
): Outcome {
  switch (deployment.status) {
    case 'rolled_back':
      return 'rolled-back';
    case 'success':
      return deployment.failed ? 'failed' : 'success';
    case 'failure':
    case 'cancelled':
      return 'attempt';
    default:
      return 'running';
  }
}

/** When it happened: its end, else its beginning. */
export function instantOf(
  deployment: Pick<DeploymentSummary, 'finishedAt' | 'startedAt'>,
): string | null {
  return deployment.finishedAt ?? deployment.startedAt;
}

/** What to call a deployment. */
export function nameOf(
  deployment: Pick<DeploymentSummary, 'version' | 'id'>,
): string {
  return deployment.version ?? deployment.id;
}
