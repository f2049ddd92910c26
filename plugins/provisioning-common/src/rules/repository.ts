import { LOCAL_REPOSITORY_HOST } from '../catalog';
import type { NormalSpec, RequestSummary } from '../contract';

/** A repository, normalised for its host. @public */
export interface RepoIdentity {
  /** Host name as in its address. */
  host: string;
  /** Parts between host and name: owner or groups. */
  path: string[];
  /** Without `.git`. */
  name: string;
}

/** The key of a request. @public */
export type RequestKey = Pick<RequestSummary, 'kind' | 'namespace' | 'name'>;

/** The repository of a service: it is called as the service is. @public */
export function repositoryOf(
  { namespace, name }: Pick<RequestKey, 'namespace' | 'name'>,
  { repository }: Pick<NormalSpec, 'repository'>,
): RepoIdentity {
  return repository.host === 'local'
    ? { host: LOCAL_REPOSITORY_HOST, path: [namespace], name }
    : { host: repository.server, path: [repository.owner], name };
}

/** `host/path/name`, as the delivery plugin knows it. @public */
export function repositoryText({ host, path, name }: RepoIdentity): string {
  return [host, ...path, name].join('/');
}

/** Reference of the component of a service. @public */
export function entityRefOf({
  namespace,
  name,
}: Pick<RequestKey, 'namespace' | 'name'>): string {
  return `component:${namespace}/${name}`;
}
