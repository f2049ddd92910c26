import { InputError } from '@backstage/errors';
import { createTemplateAction } from '@backstage/plugin-scaffolder-node';
import type { Plan } from '@fawkes/backstage-plugin-provisioning-common';
import { answerOf } from './ask';
import { bodyFor } from './body';
import type { RunActionDeps } from './context';
import { planExamples } from './examples';
import { isolationText, tellIsolation } from './isolation';
import { serviceShape } from './serviceShape';
import { parsed, planInputSchema } from '../serviceInput';

/**
 * `service:plan` says what asking for the service would lead to, and stops where
 * something stands in the way. It changes nothing, so a dry run does the same.
 */
export function createPlanAction({ provisioning }: RunActionDeps) {
  return createTemplateAction({
    id: 'service:plan',
    description:
      'Plans a service: whether its name is free, the owner yours, and room in the quota; what would be made, and how it is undone',
    examples: planExamples,
    supportsDryRun: true,
    schema: {
      input: {
        ...serviceShape,
        expectedDigest: z =>
          z
            .string()
            .optional()
            .describe('bundleDigest of the files that were looked at'),
      },
      output: {
        planDigest: z => z.string().describe('Identity of the plan'),
        bundleDigest: z => z.string().describe('Identity of the files'),
        effects: z => z.array(z.string()).describe('What would be done'),
        isolation: z =>
          z
            .string()
            .describe('What its code can reach on the computer of this portal'),
      },
    },
    async handler(ctx) {
      const { expectedDigest, ...input } = parsed(planInputSchema, ctx.input);
      const call = {
        credentials: await ctx.getInitiatorCredentials(),
        signal: ctx.signal,
      };
      const body = await bodyFor(provisioning, input, call);
      const plan = await answerOf(provisioning.plan(body, call));
      refuse(plan, expectedDigest);
      for (const { title, undo } of plan.effects) {
        ctx.logger.info(`${title.text} (to undo: ${undo.text})`);
      }
      for (const { text } of plan.assumptions) ctx.logger.info(text);
      tellIsolation(plan, ctx.logger);
      ctx.output('isolation', isolationText(plan));
      ctx.output('planDigest', plan.planDigest);
      ctx.output('bundleDigest', plan.bundleDigest);
      ctx.output(
        'effects',
        Array.from(plan.effects, ({ type }) => type),
      );
    },
  });
}

/** @throws InputError where a request would be refused, or brings other files */
export function refuse(plan: Plan, expectedDigest: string | undefined): void {
  if (plan.obstacles.length > 0) {
    throw new InputError(plan.obstacles.map(({ text }) => text).join('; '));
  }
  if (expectedDigest !== undefined && expectedDigest !== plan.bundleDigest) {
    throw new InputError(
      `expectedDigest: the files are ${plan.bundleDigest} now, and not those that were looked at; render them again`,
    );
  }
}
