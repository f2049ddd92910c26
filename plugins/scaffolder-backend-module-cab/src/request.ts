import { createHash } from 'node:crypto';
import type { AuthService } from '@backstage/backend-plugin-api';
import { InputError } from '@backstage/errors';
import { createTemplateAction } from '@backstage/plugin-scaffolder-node';
import { ciChangeBodySchema } from '@fawkes/backstage-plugin-cab-common';
import type { CabService } from '@fawkes/backstage-plugin-cab-node';
import { canonicalJson, parseInput } from '@fawkes/kit-contract';
import { answerOf } from './answer';
import { requestExamples } from './examples';

/** What the action asks with. */
export interface RequestActionDeps {
  auth: AuthService;
  cab: Pick<CabService, 'request'>;
}

/**
 * `cab:request` asks for a change on behalf of whoever started the task. The same
 * step of a task is the same request, however often it is tried again.
 */
export function createRequestAction({ auth, cab }: RequestActionDeps) {
  return createTemplateAction({
    id: 'cab:request',
    description:
      'Asks for a change on behalf of whoever runs the template, and submits it; or finds the one that is unfinished',
    examples: requestExamples,
    supportsDryRun: true,
    schema: {
      input: {
        entityRef: z => z.string().describe('What is to be changed'),
        environment: z =>
          z.string().describe('Where to, as the portal lists it'),
        commit: z => z.string().describe('Full id of the commit'),
        artifactDigest: z =>
          z.string().optional().describe('sha256:… of the artifact'),
        title: z => z.string().describe('What it is, in a few words'),
        description: z => z.string().optional().describe('More about it'),
      },
      output: {
        changeId: z => z.string().describe('Id of the change request'),
        state: z => z.string().describe('Where it stands'),
        url: z => z.string().describe('Its page in this portal'),
      },
    },
    async handler(ctx) {
      const onBehalfOf = ctx.user?.ref;
      if (onBehalfOf === undefined) {
        throw new InputError(
          'A change is asked for on behalf of somebody, and nobody started this task',
        );
      }
      const { commit, artifactDigest, ...rest } = ctx.input;
      const body = parseInput(ciChangeBodySchema, {
        ...rest,
        headSha: commit,
        artifactDigest: artifactDigest ?? null,
        onBehalfOf,
      });
      if (ctx.isDryRun) {
        ctx.output('changeId', 'known after it ran');
        ctx.output('state', 'planned');
        ctx.output('url', '/changes');
        return;
      }
      const about = canonicalJson({ each: ctx.each ?? null, input: body });
      const { changeId, state, url } = await ctx.checkpoint({
        key: `cab:request/${ctx.step?.id ?? ''}/${createHash('sha256')
          .update(about)
          .digest('hex')}`,
        fn: async () => {
          const answer = await answerOf(
            cab.request(body, {
              credentials: await auth.getOwnServiceCredentials(),
              ...(ctx.signal && { signal: ctx.signal }),
            }),
          );
          if (answer.missingEvidence.length > 0) {
            ctx.logger.info(
              `Evidence is missing before anybody is asked: ${answer.missingEvidence.join(
                ', ',
              )}`,
            );
          }
          return {
            changeId: answer.changeId,
            state: String(answer.state),
            url: answer.url,
          };
        },
      });
      ctx.logger.info(`The change request is ${state}: ${url}`);
      ctx.output('changeId', changeId);
      ctx.output('state', state);
      ctx.output('url', url);
    },
  });
}
