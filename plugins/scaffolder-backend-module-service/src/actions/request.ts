import { createTemplateAction } from '@backstage/plugin-scaffolder-node';
import { entityRefOf } from '@fawkes/backstage-plugin-provisioning-common/rules';
import { parsed, requestInputSchema } from '../serviceInput';
import { answerOf } from './ask';
import { bodyFor } from './body';
import type { RunActionDeps } from './context';
import { requestExamples } from './examples';
import { pageOf } from './follow';
import { isolationText, tellIsolation } from './isolation';
import { refuse } from './plan';
import { serviceShape } from './serviceShape';

/**
 * `service:request` asks for a service, or finds the request that is there: the
 * same wish is the same request, however often a task is tried again. The run is
 * the portal's and goes on when the task ends.
 */
export function createRequestAction({ provisioning }: RunActionDeps) {
  return createTemplateAction({
    id: 'service:request',
    description:
      'Asks for a service, or finds it: the same wish is the same request. Later steps wait for what its run does',
    examples: requestExamples,
    supportsDryRun: true,
    schema: {
      input: {
        ...serviceShape,
        expectedDigest: z =>
          z
            .string()
            .optional()
            .describe('bundleDigest of the files that were looked at'),
        onFailure: z =>
          z
            .enum(['continue', 'undo'])
            .optional()
            .describe('What a permanent failure leads to'),
      },
      output: {
        requestId: z => z.string().describe('Id of the request'),
        requestPath: z => z.string().describe('Its page in this portal'),
        entityRef: z => z.string().describe('The component it makes'),
        state: z => z.string().describe('Where it stands'),
        isolation: z =>
          z
            .string()
            .describe('What its code can reach on the computer of this portal'),
      },
    },
    async handler(ctx) {
      const { expectedDigest, onFailure, ...input } = parsed(
        requestInputSchema,
        ctx.input,
      );
      const call = {
        credentials: await ctx.getInitiatorCredentials(),
        signal: ctx.signal,
      };
      const body = await bodyFor(provisioning, input, call);
      ctx.output('entityRef', entityRefOf(input));
      const plan = await answerOf(provisioning.plan(body, call));
      refuse(plan, expectedDigest);
      tellIsolation(plan, ctx.logger);
      ctx.output('isolation', isolationText(plan));
      if (ctx.isDryRun) {
        ctx.output('requestId', 'known after apply');
        ctx.output('requestPath', '/provisioning');
        ctx.output('state', 'planned');
        return;
      }
      const answer = await answerOf(
        provisioning.create(
          {
            ...body,
            mode: 'create',
            practice: false,
            onFailure,
            expectedPlanDigest: plan.planDigest,
          },
          call,
        ),
      );
      ctx.logger.info(`${body.name} is ${answer.state}: ${pageOf(answer.id)}`);
      ctx.output('requestId', answer.id);
      ctx.output('requestPath', pageOf(answer.id));
      ctx.output('state', answer.state);
    },
  });
}
