import {
  LOCAL_ENVIRONMENT,
  LOCAL_REPOSITORY_HOST,
} from '@fawkes/backstage-plugin-provisioning-common';
import {
  repositoryOf,
  repositoryText,
  type RequestKey,
} from '@fawkes/backstage-plugin-provisioning-common/rules';
import type { NormalSpec } from '@fawkes/backstage-plugin-provisioning-common';
import type { TemplateValue } from 'nunjitsu';
import type { TemplateValues } from '../render';
import type { ServiceTemplate } from './readTemplate';

/** The values every template of ours is given, all of them always. @public */
export const TEMPLATE_VALUES = [
  'name',
  'namespace',
  'title',
  'description',
  'owner',
  'ownerName',
  'system',
  'lifecycle',
  'type',
  'repository',
  'registry',
  'image',
  'environments',
  'template',
  'pins',
] as const;

/**
 * What a skeleton is filled with: all that follows from key and spec, and nothing
 * that differs from one day or machine to the next. The id of the request is not
 * in it: the same spec renders to the same bytes.
 * @public
 */
export function valuesOf(
  key: Pick<RequestKey, 'namespace' | 'name'>,
  spec: Omit<NormalSpec, 'template'>,
  { ref, pins }: Pick<ServiceTemplate, 'ref' | 'pins'>,
): TemplateValues & Record<(typeof TEMPLATE_VALUES)[number], TemplateValue> {
  const identity = repositoryOf(key, spec);
  const local = spec.repository.host === 'local';
  return {
    name: key.name,
    namespace: key.namespace,
    title: spec.title ?? key.name,
    description: spec.description,
    owner: spec.owner,
    ownerName: spec.owner.slice(spec.owner.indexOf('/') + 1),
    system: spec.system,
    lifecycle: spec.lifecycle,
    type: spec.type,
    repository: {
      local,
      /** As the delivery plugin knows it. */
      id: repositoryText(identity),
      /** `owner/name`. */
      slug: [...identity.path, identity.name].join('/'),
      url: `https://${repositoryText(identity)}`,
      host: identity.host,
      owner: identity.path.join('/'),
    },
    registry: registryOf(identity.host),
    /** Where its container image is pushed, without a tag. */
    image: `${registryOf(identity.host)}/${[...identity.path, identity.name]
      .join('/')
      .toLowerCase()}`,
    // A later real production has to show beside the stand-in.
    environments: local ? `${LOCAL_ENVIRONMENT},production` : 'production',
    template: { name: ref.name, version: ref.version, tree: ref.treeHash },
    pins: Object.fromEntries(
      pins.map(({ name, tag, pin }) => [name, { tag, pin }]),
    ),
  };
}

/** Registries know lower case only; GitHub's own server has its registry beside it. */
function registryOf(host: string): string {
  if (host === 'github.com') return 'ghcr.io';
  return host === LOCAL_REPOSITORY_HOST ? host : `containers.${host}`;
}
