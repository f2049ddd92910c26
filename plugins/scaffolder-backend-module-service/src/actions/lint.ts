import { resolveSafeChildPath } from '@backstage/backend-plugin-api';
import { InputError } from '@backstage/errors';
import { createTemplateAction } from '@backstage/plugin-scaffolder-node';
import { countOf } from '@fawkes/kit-contract';
import { z as z4 } from 'zod';
import { lintFolder } from '../lint/lintFolder';
import { parsed } from '../serviceInput';
import { lintExamples } from './examples';

const inputSchema = z4.strictObject({
  path: z4.string().max(400).default('./'),
  failOnErrors: z4.boolean().default(true),
});

/** `template:lint` holds a template in the workspace to the rules. It only reads. */
export function createLintAction() {
  return createTemplateAction({
    id: 'template:lint',
    description: 'Holds a template to the rules, with file and line',
    examples: lintExamples,
    supportsDryRun: true,
    schema: {
      input: {
        path: z =>
          z.string().optional().describe('Folder that has template.yaml'),
        failOnErrors: z =>
          z.boolean().optional().describe('Whether errors end the task'),
      },
      output: {
        findings: z =>
          z
            .array(
              z.object({
                rule: z.string(),
                severity: z.enum(['error', 'warning']),
                path: z.string(),
                line: z.number(),
                subject: z.string(),
                message: z.string(),
              }),
            )
            .describe('What was found'),
      },
    },
    async handler(ctx) {
      const { path, failOnErrors } = parsed(inputSchema, ctx.input);
      const findings = await lintFolder(
        resolveSafeChildPath(ctx.workspacePath, path),
      );
      for (const { severity, rule, message, ...at } of findings) {
        ctx.logger.info(
          `${at.path}:${at.line}: ${severity} ${rule}: ${message}`,
        );
      }
      ctx.output('findings', findings);
      const errors = findings.filter(({ severity }) => severity === 'error');
      if (failOnErrors && errors.length > 0) {
        const [{ path: file, line, message }] = errors;
        throw new InputError(
          `${countOf(
            errors.length,
            'error',
          )}, first ${file}:${line}: ${message}`,
        );
      }
    },
  });
}
