import type { DeliveryEvent } from '../events';
import { normaliseRepository } from '../events/repositoryName';
import { canonicalJson } from '@fawkes/kit-contract';
import { factTypeOf, type Claim, type FactType } from './claim';

/**
 * What makes a fact the same fact, as an ordered list of strings:
 * a deployment is (source, service, environment, id), a commit
 * (repository, sha), a push (repository, ref, before, after), a pull request
 * (repository, number), everything else (source, id). A deployment told without a service keeps the empty service in
 * its identity when a mapping finds one later.
 * @public
 */
export function identityOf(claim: Claim): [FactType, ...string[]] {
  const type = claim.claim === 'whole' ? factTypeOf(claim.event) : claim.type;
  const fields: Record<string, unknown> =
    claim.claim === 'whole' ? claim.event : claim.fields;
  const { source, id } = claim.claim === 'whole' ? claim.event : claim;
  switch (type) {
    case 'deployment':
      return [type, source, text(fields.service), text(fields.environment), id];
    case 'commit':
      return [type, repositoryOf(fields, source), text(fields.sha)];
    case 'push':
      return [
        type,
        repositoryOf(fields, source),
        text(fields.ref),
        text(fields.before),
        text(fields.after),
      ];
    case 'pull_request':
      return [type, repositoryOf(fields, source), text(fields.number)];
    default:
      return [type, source, id];
  }
}

/** The identity as one string, the same for the same fact everywhere. @public */
export function factKeyOf(claim: Claim): string {
  return canonicalJson(identityOf(claim));
}

/**
 * The host a bare `owner/name` of this source is on: the host the source is
 * named after (`gitlab.example.com/team`), else github.com.
 * @public
 */
export function hostOfSource(source: string): string {
  const first = source
    .toLowerCase()
    .replace(/^https?:\/\//, '')
    .split('/')[0];
  return /^[a-z0-9-]+(\.[a-z0-9-]+)+(:\d+)?$/.test(first)
    ? first
    : 'github.com';
}

/**
 * The identity of a change whose repository is kept under a name of its own,
 * see `placeFact`.
 * @public
 */
export function factKeyOfChange(
  type: 'commit' | 'push' | 'pull_request',
  repository: string,
  fields: Readonly<Record<string, unknown>>,
): string {
  const names = {
    commit: ['sha'],
    push: ['ref', 'before', 'after'],
    pull_request: ['number'],
  }[type];
  return canonicalJson([
    type,
    repository,
    ...names.map(name => text(fields[name])),
  ]);
}

/** Spells every repository of an event the one normalised way. @public */
export function withNormalRepositories<E extends DeliveryEvent>(event: E): E {
  const host = hostOfSource(event.source);
  const copy: Record<string, unknown> = { ...event };
  if (typeof copy.repository === 'string') {
    copy.repository = normaliseRepository(copy.repository, host);
  }
  if (typeof copy.formerly === 'string') {
    copy.formerly = normaliseRepository(copy.formerly, host);
  }
  if (event.type === 'deployment' && event.parts) {
    copy.parts = event.parts.map(part => ({
      ...part,
      repository: normaliseRepository(part.repository, host),
    }));
  }
  return copy as E;
}

function repositoryOf(fields: Record<string, unknown>, source: string): string {
  return normaliseRepository(text(fields.repository), hostOfSource(source));
}

function text(value: unknown): string {
  return value === undefined ? '' : String(value);
}
