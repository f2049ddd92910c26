import {
  parts,
  whole,
  type Mapped,
  type PartDraft,
} from '@fawkes/backstage-plugin-delivery-node';
import { z } from 'zod';
import { originOf, repository, withPayload } from '../payload';
import type { Rules } from '../rules';
import {
  pullRequest,
  pullRequestPart,
  type PullRequest,
} from './pullRequestRecord';

const schema = z.object({
  action: z.string(),
  pull_request: pullRequest,
  repository,
});

/**
 * `pull_request`: any of its actions tells what the pull request is now.
 *
 * It is told in parts, because the list of its commits and its reviews come
 * another way. Reopening is the exception: a part can add an instant but not
 * take `closedAt` back, so a reopened pull request is told whole.
 */
export function mapPullRequest(payload: unknown, rules: Rules): Mapped {
  return withPayload(schema, payload, told => {
    const part = pullRequestPart(
      told.pull_request,
      originOf(told.repository),
      rules,
      { readyAt: readyAt(told.action, told.pull_request) },
    );
    return told.action === 'reopened' ? toWhole(part) : parts([part]);
  });
}

/** Ready from the start unless opened as a draft; the first time counts. */
function readyAt(action: string, told: PullRequest): string | undefined {
  if (action === 'ready_for_review') return told.updated_at;
  return action === 'opened' && told.draft === false
    ? told.created_at
    : undefined;
}

function toWhole({ source, id, occurredAt, fields }: PartDraft): Mapped {
  return whole({
    type: 'change',
    kind: 'pull_request',
    source,
    id,
    occurredAt,
    commits: [],
    ...fields,
  });
}
