import type { AuthService } from '@backstage/backend-plugin-api';
import { InputError } from '@backstage/errors';
import { createTemplateAction } from '@backstage/plugin-scaffolder-node';
import {
  STATE_SETS,
  UNFINISHED,
  type Change,
  type ChangeState,
} from '@fawkes/backstage-plugin-cab-common';
import type { CabService } from '@fawkes/backstage-plugin-cab-node';
import { answerOf, isAway } from './answer';
import { waitExamples } from './examples';
import type { News } from './news';

/** What the action waits with. */
export interface WaitActionDeps {
  auth: AuthService;
  cab: Pick<CabService, 'change'>;
  news: News;
  /** Longest between two looks, ms; a minute where left out. */
  every?: number;
}

const MINUTE_MS = 60_000;
/** A step that waits holds one of few workers. */
const USUAL_MINUTES = 60;
const MOST_MINUTES = 24 * 60;

const isIn = (set: readonly string[], state: ChangeState) =>
  set.includes(state);

/**
 * `cab:wait` waits until a change request is approved. It never takes the end of its
 * time for an approval, and ends at once when the task is cancelled.
 */
export function createWaitAction({
  auth,
  cab,
  news,
  every = MINUTE_MS,
}: WaitActionDeps) {
  return createTemplateAction({
    id: 'cab:wait',
    description:
      'Waits until a change is approved; fails when it is rejected or ends in another way, and when time is up',
    examples: waitExamples,
    supportsDryRun: true,
    schema: {
      input: {
        changeId: z => z.string().describe('Id of the change request'),
        timeoutMinutes: z =>
          z
            .number()
            .optional()
            .describe(`Longest; ${USUAL_MINUTES} where left out`),
      },
      output: {
        state: z => z.string().describe('approved, or what came after it'),
        expiresAt: z => z.string().describe('Until when it may start'),
      },
    },
    async handler(ctx) {
      const { changeId, timeoutMinutes = USUAL_MINUTES } = ctx.input;
      if (!(timeoutMinutes >= 0 && timeoutMinutes <= MOST_MINUTES)) {
        throw new InputError(
          `timeoutMinutes: must be 0 to ${MOST_MINUTES}; a longer wait belongs into a pipeline`,
        );
      }
      if (ctx.isDryRun) {
        ctx.output('state', 'planned');
        ctx.output('expiresAt', '');
        return;
      }
      const until = Date.now() + timeoutMinutes * MINUTE_MS;
      let said: ChangeState | undefined;
      for (;;) {
        ctx.signal?.throwIfAborted();
        const change = await look();
        if (change && change.state !== said) {
          said = change.state;
          ctx.logger.info(`It is ${said}: ${change.next.text}`);
        }
        if (change && isApproved(change)) {
          ctx.output('state', change.state);
          ctx.output('expiresAt', change.expiresAt ?? '');
          return;
        }
        if (change && !UNFINISHED.includes(change.state)) {
          throw new Error(
            `The change request ${changeId} is ${change.state}, and nothing follows; ask anew`,
          );
        }
        const left = until - Date.now();
        if (left <= 0) {
          throw new Error(
            `The change request ${changeId} was not approved within ${timeoutMinutes} minutes; it is ${
              said ?? 'not to be seen'
            }`,
          );
        }
        await news.of(changeId, {
          ms: Math.min(left, every),
          ...(ctx.signal && { signal: ctx.signal }),
        });
      }

      /** As it is now; undefined while nobody answers. */
      async function look(): Promise<Change | undefined> {
        try {
          return await answerOf(
            cab.change(
              { id: changeId },
              {
                credentials: await auth.getOwnServiceCredentials(),
                ...(ctx.signal && { signal: ctx.signal }),
              },
            ),
          );
        } catch (error) {
          if (!isAway(error)) throw error;
          ctx.logger.warn('Change approval does not answer at the moment');
          return undefined;
        }
      }
    },
  });
}

function isApproved({ state }: Change): boolean {
  return isIn(STATE_SETS.open, state) || isIn(STATE_SETS.run, state);
}
