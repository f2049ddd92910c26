import { ignored, type Mapped } from '@fawkes/backstage-plugin-delivery-node';

/** Events people may expect to count, and why they do not. */
const REASONS: ReadonlyMap<string, string> = new Map([
  ['ping', 'only tells that the webhook is set up'],
  [
    'release',
    'tells that a release was written, not that it runs anywhere; send a deployment',
  ],
  [
    'workflow_run',
    'tells that a workflow ran; give its job an environment, and GitHub sends deployments',
  ],
  [
    'pull_request_review_comment',
    'belongs to a review, which pull_request_review tells',
  ],
  [
    'deployment_review',
    'tells about the approval of a deployment; deployment_status tells its outcome',
  ],
  ['create', 'tells about a ref; push tells its commits'],
  ['delete', 'tells about a ref; its commits stay'],
]);

/** An event of a kind that carries no fact. */
export function ignoreEvent(event: string): Mapped {
  const name = event.slice(0, 64);
  return ignored(
    `GitHub event ${name} ${
      REASONS.get(event) ?? 'says nothing about delivery'
    }`,
  );
}
