import { resolveSafeChildPath } from '@backstage/backend-plugin-api';
import { createTemplateAction } from '@backstage/plugin-scaffolder-node';
import {
  digestOfBundle,
  renderService,
} from '@fawkes/backstage-plugin-provisioning-node';
import { countOf } from '@fawkes/kit-contract';
import { z as z4 } from 'zod';
import { parsed, serviceInputSchema, specOf } from '../serviceInput';
import { templateNamed } from '../templateFolders';
import { writeBundle } from '../writeBundle';
import { renderExamples } from './examples';
import { serviceShape } from './serviceShape';

// The scaffolder checks the shape only, by another zod; defaults and rules are these.
const inputSchema = serviceInputSchema.extend({
  targetPath: z4.string().max(400).default('./'),
});

/**
 * `service:render` writes the files of a service into the workspace, the same
 * bytes that the portal's plan shows. It changes nothing else, so it does the
 * same in a dry run.
 */
export function createRenderAction() {
  return createTemplateAction({
    id: 'service:render',
    description:
      'Renders a service template strictly: what was not passed or fails is refused with file and line',
    examples: renderExamples,
    supportsDryRun: true,
    schema: {
      input: {
        ...serviceShape,
        targetPath: z =>
          z.string().optional().describe('Folder in the workspace'),
      },
      output: {
        bundleDigest: z => z.string().describe('Identity of the files'),
        fileCount: z => z.number().describe('How many files'),
        templateVersion: z => z.string().describe('Version of the template'),
      },
    },
    async handler(ctx) {
      const { targetPath, ...input } = parsed(inputSchema, ctx.input);
      const template = await templateNamed(input.template);
      const bundle = renderService(template, input, specOf(input, template));
      await writeBundle(
        bundle,
        resolveSafeChildPath(ctx.workspacePath, targetPath),
      );
      ctx.logger.info(
        `Rendered ${countOf(bundle.size, 'file')} of ${template.ref.name} ${
          template.ref.version
        }`,
      );
      ctx.output('bundleDigest', digestOfBundle(bundle));
      ctx.output('fileCount', bundle.size);
      ctx.output('templateVersion', template.ref.version);
    },
  });
}
