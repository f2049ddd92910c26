import { InputError } from '@backstage/errors';
import { createTemplateAction } from '@backstage/plugin-scaffolder-node';
import {
  gpuHostSpecSchema,
  validateGpuHost,
  type GpuHostSpec,
  type GpuVerdict,
} from '@fawkes/backstage-plugin-provisioning-common/gpu';
import { faultOf } from '@fawkes/kit-contract';
import { validateExamples } from './examples';

/**
 * `gpu:host:validate` says whether a GPU host can be so, where its MIG instances lie,
 * and what would go instead: what `POST /gpu/validate` of provisioning says, by the
 * same rules. It asks nobody and changes nothing, so it runs in a dry run as well.
 *
 * @param now - ms since 1970; facts of a host age by it
 */
export function createValidateAction(now: () => number) {
  return createTemplateAction({
    id: 'gpu:host:validate',
    description:
      'Says whether a GPU host can be so, where its MIG instances lie, and what would go instead; changes nothing',
    examples: validateExamples,
    supportsDryRun: true,
    schema: {
      input: {
        host: z =>
          z
            .record(z.unknown())
            .describe('The host, as provisioning takes it at /gpu/validate'),
        failOnErrors: z =>
          z
            .boolean()
            .optional()
            .describe('Whether a host that cannot be ends the task; it does'),
      },
      output: {
        ok: z => z.boolean().describe('Whether the host can be so'),
        findings: z =>
          z
            .array(
              z.object({
                code: z.string(),
                severity: z.string(),
                path: z.string(),
                text: z.string(),
              }),
            )
            .describe('What was found, in the order to mend it'),
        placements: z =>
          z
            .array(z.array(z.record(z.unknown())))
            .describe('MIG instances by GPU: profile, start, size'),
        alternatives: z =>
          z
            .array(z.record(z.unknown()))
            .describe('Layouts that fit, by GPU whose own does not'),
      },
    },
    async handler(ctx) {
      const { host, failOnErrors = true } = ctx.input;
      const verdict = validateGpuHost(readHost(host), now());
      for (const { severity, code, path, text } of verdict.findings) {
        ctx.logger.info(`${severity} ${code} ${path}: ${text}`);
      }
      ctx.output('ok', verdict.ok);
      ctx.output('findings', verdict.findings.map(shown));
      ctx.output('placements', verdict.placements);
      ctx.output('alternatives', verdict.alternatives);
      if (!verdict.ok && failOnErrors) throw new InputError(reasonOf(verdict));
    },
  });
}

/** A finding as later steps read it. */
function shown({ code, severity, path, text }: GpuVerdict['findings'][number]) {
  return { code, severity, path, text };
}

/**
 * A host as provisioning takes it.
 *
 * @throws InputError with the path of what is wrong
 */
function readHost(host: unknown): GpuHostSpec {
  const parsed = gpuHostSpecSchema.safeParse(host);
  if (parsed.success) return parsed.data;
  const { path, reason } = faultOf(parsed.error, 'is no part of a GPU host');
  throw new InputError(`${path ? `host.${path}` : 'host'}: ${reason}`);
}

/** What is wrong, each with its place, and the first layout that would fit. */
function reasonOf({ findings, alternatives }: GpuVerdict): string {
  const wrong = findings
    .filter(({ severity }) => severity === 'error')
    .map(({ path, text }) => `${path}: ${text}`);
  const instead = alternatives.flatMap(({ gpu, layouts: [first] }) =>
    first
      ? `GPU ${gpu} has room for ${Object.entries(first)
          .map(([profile, count]) => `${count} × ${profile}`)
          .join(' + ')}`
      : [],
  );
  return [...wrong, ...instead].join('; ');
}
