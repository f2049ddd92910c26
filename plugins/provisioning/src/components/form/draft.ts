import {
  serviceSpecSchema,
  SPEC_SCHEMA_VERSION,
  type NormalSpec,
  type ServiceSpec,
  type TemplatesResponse,
} from '@fawkes/backstage-plugin-provisioning-common';
import { nameFault } from '@fawkes/backstage-plugin-provisioning-common/rules';

/** What can be asked for. */
export type Template = TemplatesResponse['items'][number];
/** Where a repository can be. */
export type RepositoryChoice = TemplatesResponse['hosts'][number];

/** A form as far as it is filled in: every field as it was typed. */
export interface Draft {
  /** Name of the template. */
  template: string;
  name: string;
  owner: string;
  title: string;
  description: string;
  host: '' | 'local' | 'github';
  /** `server/owner` on GitHub. */
  place: string;
  visibility: 'private' | 'internal' | 'public';
  system: string;
  lifecycle: 'experimental' | 'production' | 'deprecated';
}

/** A field of {@link Draft}. */
export type Field = keyof Draft;

/** What is wrong with a field: it is empty, or not as it has to be. */
export type Fault = 'missing' | 'wrong';
/** Faults by field. */
export type Faults = Partial<Record<Field, Fault>>;

/** A form nobody has touched. */
export const EMPTY_DRAFT: Draft = {
  template: '',
  name: '',
  owner: '',
  title: '',
  description: '',
  host: '',
  place: '',
  visibility: 'private',
  system: '',
  lifecycle: 'experimental',
};

/** A form that begins with how something is now. */
export function draftOf(name: string, spec: NormalSpec): Draft {
  const { repository } = spec;
  return {
    template: spec.template.name,
    name,
    owner: spec.owner,
    title: spec.title ?? '',
    description: spec.description,
    host: repository.host,
    place:
      repository.host === 'github'
        ? `${repository.server}/${repository.owner}`
        : '',
    visibility:
      repository.host === 'github' ? repository.visibility : 'private',
    system: spec.system ?? '',
    lifecycle: spec.lifecycle,
  };
}

/** A draft whose code lies at a host: at the first place there, until another is chosen. */
export function at(
  host: Draft['host'],
  hosts: readonly RepositoryChoice[],
): Pick<Draft, 'host' | 'place'> {
  const first = hosts.find(each => each.host === host)?.places[0];
  return { host, place: first ? `${first.server}/${first.owner}` : '' };
}

/** What nobody has to choose, because there is one place only. */
export function withOnlyHost(
  draft: Draft,
  hosts: readonly RepositoryChoice[],
): Draft {
  const [only, ...others] = hosts.filter(({ available }) => available);
  return draft.host === '' && only && others.length === 0
    ? { ...draft, ...at(only.host, hosts) }
    : draft;
}

/** Required fields, in the order of the form. */
const REQUIRED: readonly Field[] = [
  'template',
  'name',
  'owner',
  'description',
  'host',
];

/** Fields of the form by the first part of their path in a spec. */
const FIELD_OF: Readonly<Record<string, Field>> = {
  template: 'template',
  owner: 'owner',
  title: 'title',
  description: 'description',
  repository: 'place',
  system: 'system',
  lifecycle: 'lifecycle',
};

/** A spec, or what is wrong with the form; the schema of the backend decides. */
export function specOf(
  draft: Draft,
  template: Template | undefined,
): { spec: ServiceSpec; faults: Faults } | { spec: undefined; faults: Faults } {
  const faults: Faults = {};
  const parsed = serviceSpecSchema.safeParse({
    schemaVersion: SPEC_SCHEMA_VERSION,
    template: template && {
      name: template.name,
      version: template.version,
      treeHash: template.treeHash,
    },
    type: template?.type,
    language: template?.language,
    ci: template?.ci,
    owner: draft.owner,
    title: draft.title.trim() || undefined,
    description: draft.description.trim(),
    repository: repositoryOf(draft),
    system: draft.system.trim() || undefined,
    lifecycle: draft.lifecycle,
  });
  for (const issue of parsed.error?.issues ?? []) {
    const field = FIELD_OF[String(issue.path[0])];
    if (field) faults[field] = 'wrong';
  }
  if (nameFault(draft.name, template?.language ?? 'node'))
    faults.name = 'wrong';
  if (draft.host === 'github' && !draft.place) faults.place = 'missing';
  if (!draft.host) delete faults.place;
  for (const field of REQUIRED) {
    if (!draft[field].trim()) faults[field] = 'missing';
  }
  return parsed.success && Object.keys(faults).length === 0
    ? { spec: parsed.data, faults }
    : { spec: undefined, faults };
}

function repositoryOf({ host, place, visibility }: Draft): unknown {
  if (host !== 'github') return { host };
  const [server, owner] = place.split('/');
  return { host, server, owner, visibility };
}
