import type {
  RequestEvent,
  ServiceEvent,
} from '@fawkes/backstage-plugin-provisioning-common';
import {
  entityRefOf,
  repositoryOf,
  repositoryText,
} from '@fawkes/backstage-plugin-provisioning-common/rules';
import type { EffectRequest } from '../effects/driver';
import { iso } from './json';
import type { RequestRow } from './tables';

/** What an event says of a request. */
export function eventOf(
  request: RequestRow,
  runId: string,
  now: number,
): RequestEvent {
  const { id, kind, namespace, name, owner, requester, practice } = request;
  return {
    id,
    kind,
    namespace,
    name,
    entityRef: entityRefOf(request),
    owner,
    requester,
    runId,
    practice: Boolean(practice),
    at: iso(now),
  };
}

/** What an event says of a running service. */
export function serviceEventOf(
  request: EffectRequest,
  now: number,
): ServiceEvent {
  const { id, namespace, name, owner, spec } = request;
  return {
    id,
    namespace,
    name,
    entityRef: entityRefOf(request),
    owner,
    repository: repositoryText(repositoryOf(request, spec)),
    at: iso(now),
  };
}
