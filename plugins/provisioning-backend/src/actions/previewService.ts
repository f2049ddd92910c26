import type { ActionsRegistryService } from '@backstage/backend-plugin-api/alpha';
import {
  planBodySchema,
  provisioningRequestPlanPermission,
  SPEC_SCHEMA_VERSION,
  type Plan,
} from '@fawkes/backstage-plugin-provisioning-common';
import { InputError } from '@backstage/errors';
import { clipText, parseInput } from '@fawkes/kit-contract';
import type { Core } from '../core';
import { planRequest } from '../plan/planRequest';
import { askerOf } from '../router/deps';
import type { ActionDeps } from './deps';

/** Lets assistants show what asking for a service would lead to. */
export function registerPreviewService(
  registry: ActionsRegistryService,
  { viewerOf, ...deps }: ActionDeps,
): void {
  const { core } = deps;
  registry.register({
    name: 'preview-provisioned-service',
    title: 'Preview a service',
    description:
      'What asking for a service would lead to: names of files, effects with their undo words, cost or why it is unknown, what stands in the way. Nothing is changed; a person asks for it on the page New service.',
    attributes: { readOnly: true, destructive: false, idempotent: true },
    schema: {
      input: z =>
        z.object({
          template: z
            .string()
            .describe('Name of a service template, for example node-api'),
          name: z.string().describe('Name of the service'),
          namespace: z.string().optional().describe('Catalog namespace'),
          owner: z.string().describe('Entity ref of the owning Group'),
          description: z.string().describe('What it is for'),
          githubOrganisation: z
            .string()
            .optional()
            .describe('Left out: its repository is kept by this portal'),
        }),
      output: z =>
        z.object({
          planDigest: z.string(),
          files: z.array(z.record(z.any())),
          effects: z.array(z.record(z.any())),
          cost: z.record(z.any()),
          isolation: z.record(z.any()).nullable(),
          assumptions: z.array(z.record(z.any())),
          obstacles: z.array(z.record(z.any())),
          asOf: z.string(),
        }),
    },
    action: async ({ input, credentials }) => {
      const viewer = viewerOf(credentials);
      await viewer.require(provisioningRequestPlanPermission);
      viewer.person();
      const wish = parseInput(planBodySchema, wishOf(core, input));
      const plan = await planRequest(core, await askerOf(deps, viewer), wish);
      return { output: shown(plan) };
    },
  });
}

function wishOf(
  core: Core,
  input: {
    template: string;
    name: string;
    namespace?: string;
    owner: string;
    description: string;
    githubOrganisation?: string;
  },
) {
  const { name, namespace, owner, description, githubOrganisation } = input;
  const template = core.templates.named(input.template);
  if (!template) {
    throw new InputError(
      `template: there is no ${clipText(
        input.template,
      )}; there are ${core.templates
        .all()
        .map(({ ref }) => ref.name)
        .join(', ')}`,
    );
  }
  const { ref, type, language, ci } = template;
  return {
    kind: 'service',
    name,
    ...(namespace !== undefined && { namespace }),
    spec: {
      schemaVersion: SPEC_SCHEMA_VERSION,
      template: ref,
      type,
      language,
      ci,
      owner,
      description,
      repository:
        githubOrganisation === undefined
          ? { host: 'local' }
          : { host: 'github', owner: githubOrganisation },
    },
  };
}

/** Contents of files are for the page; an assistant would only be filled with them. */
function shown({
  planDigest,
  files,
  effects,
  cost,
  isolation,
  assumptions,
  obstacles,
  asOf,
}: Plan) {
  return {
    planDigest,
    files: files.map(({ path, mode, size }) => ({ path, mode, size })),
    effects,
    cost,
    isolation,
    assumptions,
    obstacles,
    asOf,
  };
}
