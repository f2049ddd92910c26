import { InputError } from '@backstage/errors';
import {
  digestSchema,
  MAX_DESCRIPTION,
  MAX_SERVICE_TITLE,
  namespaceSchema,
  planBodySchema,
  serviceNameSchema,
  serviceSpecSchema,
  SPEC_SCHEMA_VERSION,
  type NormalSpec,
  type PlanBody,
  type ServiceSpec,
} from '@fawkes/backstage-plugin-provisioning-common';
import {
  nameFault,
  normaliseSpec,
  suggestName,
} from '@fawkes/backstage-plugin-provisioning-common/rules';
import type { ServiceTemplate } from '@fawkes/backstage-plugin-provisioning-node';
import { z } from 'zod';

/** A field that a form leaves empty is a field that was left out. */
function optional(max: number) {
  return z
    .string()
    .max(max)
    .optional()
    .transform(text => text || undefined);
}

/** What a form or a command line tells of a service. The spec's own schema has the last word. */
export const serviceInputSchema = z.strictObject({
  template: z.string().min(1).max(63),
  name: serviceNameSchema,
  namespace: namespaceSchema.default('default'),
  title: optional(MAX_SERVICE_TITLE),
  description: z.string().min(1).max(MAX_DESCRIPTION),
  owner: z.string().min(1).max(191),
  system: optional(191),
  lifecycle: optional(20),
  repositoryHost: z.enum(['local', 'github']).default('local'),
  repositoryOwner: optional(39),
});
/** See {@link serviceInputSchema}. */
export type ServiceInput = z.infer<typeof serviceInputSchema>;

const expectedDigest = digestSchema.optional();

/** What `service:plan` takes. */
export const planInputSchema = serviceInputSchema.extend({ expectedDigest });

/** What `service:request` takes. */
export const requestInputSchema = planInputSchema.extend({
  onFailure: z.enum(['continue', 'undo']).default('continue'),
});

/** What of a template a spec says. */
export type SpecTemplate = Pick<
  ServiceTemplate,
  'ref' | 'type' | 'language' | 'ci'
>;

/**
 * What the provisioning plugin is asked for.
 *
 * @throws InputError with the field that is wrong
 */
export function bodyOf(input: ServiceInput, template: SpecTemplate): PlanBody {
  return parsed(planBodySchema, {
    kind: 'service',
    namespace: input.namespace,
    name: input.name,
    spec: specAsSent(input, template),
  });
}

/**
 * The spec that an input means.
 *
 * @throws InputError with the field that is wrong
 */
export function specOf(
  input: ServiceInput,
  template: SpecTemplate,
): NormalSpec {
  return normaliseSpec(specAsSent(input, template));
}

function specAsSent(input: ServiceInput, template: SpecTemplate): ServiceSpec {
  const { name, repositoryHost, repositoryOwner } = input;
  const fault = nameFault(name, template.language);
  if (fault) {
    const other = suggestName(name, template.language, () => false);
    throw new InputError(
      `name: ${fault.text}${other ? `; ${other} is fine` : ''}`,
    );
  }
  return parsed(serviceSpecSchema, {
    schemaVersion: SPEC_SCHEMA_VERSION,
    template: template.ref,
    type: template.type,
    language: template.language,
    ci: template.ci,
    owner: input.owner,
    title: input.title,
    description: input.description,
    system: input.system,
    lifecycle: input.lifecycle,
    repository:
      repositoryHost === 'local'
        ? { host: 'local' }
        : { host: 'github', owner: repositoryOwner ?? '' },
  });
}

/**
 * Reads a value by a schema.
 *
 * @throws InputError with the first field that is wrong
 */
export function parsed<T extends z.ZodType>(
  schema: T,
  value: unknown,
): z.infer<T> {
  const read = schema.safeParse(value);
  if (read.success) return read.data;
  const [{ path, message }] = read.error.issues;
  throw new InputError(
    path.length > 0 ? `${path.join('.')}: ${message}` : message,
  );
}
