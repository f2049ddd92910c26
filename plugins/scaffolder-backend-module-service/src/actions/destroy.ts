import { createTemplateAction } from '@backstage/plugin-scaffolder-node';
import { requestIdSchema } from '@fawkes/backstage-plugin-provisioning-common';
import { z as z4 } from 'zod';
import { parsed } from '../serviceInput';
import { answerOf } from './ask';
import { followOf, type RunActionDeps } from './context';
import { destroyExamples } from './examples';
import { followRun, pageOf } from './follow';

const inputSchema = z4.strictObject({
  requestId: requestIdSchema,
  confirm: z4.string().max(63),
});

/**
 * `service:destroy` takes a service down and waits until it is; a dry run lists
 * what would go. Twice is once: what is gone already is done.
 */
export function createDestroyAction(deps: RunActionDeps) {
  const { provisioning } = deps;
  return createTemplateAction({
    id: 'service:destroy',
    description:
      'Takes a service down with everything that was made for it; a dry run lists what would go and what would stay',
    examples: destroyExamples,
    supportsDryRun: true,
    schema: {
      input: {
        requestId: z => z.string().describe('Id of the request'),
        confirm: z => z.string().describe('The name of the service, typed'),
      },
      output: {
        state: z => z.string().describe('Where the request stands'),
      },
    },
    async handler(ctx) {
      const { requestId: id, confirm } = parsed(inputSchema, ctx.input);
      const follow = await followOf(deps, ctx, id);
      const { credentials, signal } = follow;
      const { goes, stays, dependants } = await answerOf(
        provisioning.destruction({ id }, { credentials, signal }),
      );
      for (const { title, undo } of goes) {
        ctx.logger.info(`Goes: ${title.text} (${undo.text})`);
      }
      for (const { thing, reason } of stays) {
        ctx.logger.info(`Stays: ${thing.title.text} (${reason.text})`);
      }
      for (const { text } of dependants) ctx.logger.info(text);
      if (ctx.isDryRun) {
        ctx.output('state', 'planned');
        return;
      }
      await answerOf(
        provisioning.destroy(
          { id, confirm, force: false, purge: false },
          { credentials, signal },
        ),
      );
      const { state, reason } = await followRun(follow);
      if (state !== 'destroyed') {
        throw new Error(
          `It is ${state}${reason ? `: ${reason.text}` : ''} (${pageOf(
            id,
          )} has more)`,
        );
      }
      ctx.output('state', state);
    },
  });
}
