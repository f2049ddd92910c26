import { parseInput, toEntityRef } from '@fawkes/kit-contract';
import {
  normalSpecSchema,
  serviceSpecSchema,
  type NormalSpec,
  type RepositorySpec,
  type ServiceSpec,
} from '../contract';

/** What a field means that was left out. */
const DEFAULTS = {
  lifecycle: 'experimental',
  server: 'github.com',
  visibility: 'private',
} as const;

/**
 * The normal form of a spec: what is compared and digested. Defaults are
 * explicit, references complete, text is in NFC; what is absent is null.
 * @public
 */
export function normaliseSpec(spec: ServiceSpec): NormalSpec {
  return normalSpecSchema.parse({
    schemaVersion: spec.schemaVersion,
    template: spec.template,
    type: spec.type,
    language: spec.language,
    ci: spec.ci,
    owner: toEntityRef(spec.owner, 'group'),
    title: spec.title?.normalize('NFC') ?? null,
    description: spec.description.normalize('NFC'),
    repository: normaliseRepository(spec.repository),
    system:
      spec.system === undefined ? null : toEntityRef(spec.system, 'system'),
    lifecycle: spec.lifecycle ?? DEFAULTS.lifecycle,
  });
}

/** GitHub takes names in any case for the same. */
function normaliseRepository(repository: RepositorySpec) {
  if (repository.host === 'local') return repository;
  return {
    host: repository.host,
    server: (repository.server ?? DEFAULTS.server).toLowerCase(),
    owner: repository.owner.toLowerCase(),
    visibility: repository.visibility ?? DEFAULTS.visibility,
  };
}

/**
 * Reads a spec as it was kept. The row holds what was sent, so that this code
 * and not the code of that day says what it means.
 *
 * @throws InputError when the shape is none this code knows
 * @public
 */
export function readSpec(sent: unknown): NormalSpec {
  return normaliseSpec(parseInput(serviceSpecSchema, sent));
}
