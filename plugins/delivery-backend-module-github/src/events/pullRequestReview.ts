import {
  ignored,
  parts,
  type Mapped,
} from '@fawkes/backstage-plugin-delivery-node';
import { z } from 'zod';
import {
  account,
  instant,
  isBot,
  originOf,
  repository,
  withPayload,
} from '../payload';
import type { Rules } from '../rules';
import { pullRequest, pullRequestPart } from './pullRequestRecord';

const schema = z.object({
  review: z.object({
    state: z.string(),
    submitted_at: instant.nullish(),
    user: account,
  }),
  pull_request: pullRequest,
  repository,
});

/**
 * `pull_request_review`: somebody looked at a pull request. Only other people
 * count: authors answer comments by reviews of their own, and bots review
 * within seconds.
 */
export function mapPullRequestReview(payload: unknown, rules: Rules): Mapped {
  return withPayload(schema, payload, told => {
    const { state, submitted_at, user } = told.review;
    if (!submitted_at) {
      return ignored('GitHub event pull_request_review is not submitted yet');
    }
    if (isBot(user)) {
      return ignored('GitHub event pull_request_review is a bot’s');
    }
    if (user && user.login === told.pull_request.user?.login) {
      return ignored('GitHub event pull_request_review is the author’s own');
    }
    return parts([
      pullRequestPart(told.pull_request, originOf(told.repository), rules, {
        firstReviewAt: submitted_at,
        approvedAt:
          state.toLowerCase() === 'approved' ? submitted_at : undefined,
      }),
    ]);
  });
}
