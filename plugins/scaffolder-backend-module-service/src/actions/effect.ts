import { createTemplateAction } from '@backstage/plugin-scaffolder-node';
import {
  requestIdSchema,
  type EffectType,
} from '@fawkes/backstage-plugin-provisioning-common';
import { z as z4 } from 'zod';
import { parsed } from '../serviceInput';
import { followOf, type RunActionDeps } from './context';
import { effectExamples } from './examples';
import { followEffect } from './follow';

/** The effects that a step may wait for, and what each is. */
export const FOLLOWED = {
  'repo:ensure': 'the repository with the files of the template',
  'repo:protect': 'the rules that protect its main branch',
  'ci:ensure': 'the pipeline',
  'catalog:entity:ensure': 'the component in the catalog',
  'service:build': 'the green build',
  'service:deploy': 'the running service',
} as const satisfies Partial<Record<EffectType, string>>;

const inputSchema = z4.strictObject({ requestId: requestIdSchema });

/**
 * A step that waits for an effect of a request's run, copies its log and ends as
 * it did. It makes nothing itself: a task that is cancelled stops no run, and one
 * that is tried again goes on with it.
 */
export function createEffectAction(
  type: keyof typeof FOLLOWED,
  deps: RunActionDeps,
) {
  return createTemplateAction({
    id: type,
    description: `Waits for ${FOLLOWED[type]} of a service that service:request asked for`,
    examples: effectExamples(type),
    supportsDryRun: true,
    schema: {
      input: {
        requestId: z => z.string().describe('requestId of service:request'),
      },
      output: {
        state: z =>
          z
            .enum(['done', 'not_planned', 'planned'])
            .describe('not_planned: this kind of service has none'),
        url: z => z.string().optional().describe('Where it is, if somewhere'),
        entityRef: z => z.string().optional().describe('The component'),
      },
    },
    async handler(ctx) {
      if (ctx.isDryRun) {
        ctx.logger.info(`Would wait for ${FOLLOWED[type]}`);
        ctx.output('state', 'planned');
        return;
      }
      const { requestId } = parsed(inputSchema, ctx.input);
      const follow = await followOf(deps, ctx, requestId);
      const { request, effect } = await followEffect(type, follow);
      ctx.output('entityRef', request.entityRef);
      if (!effect) {
        ctx.logger.info(`${request.name} has no ${type}`);
        ctx.output('state', 'not_planned');
        return;
      }
      const [link] = effect.links;
      const url =
        type === 'service:deploy' ? request.service.address : link?.target;
      if (url) ctx.output('url', url);
      ctx.output('state', 'done');
    },
  });
}
