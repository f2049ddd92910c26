import type { DeliveryEventInput } from '@fawkes/backstage-plugin-delivery-common';
import {
  LOCAL_DEPLOYER_SOURCE,
  LOCAL_ENVIRONMENT,
  LOCAL_REPOSITORY_HOST,
} from '@fawkes/backstage-plugin-provisioning-common';
import { entityRefOf } from '@fawkes/backstage-plugin-provisioning-common/rules';
import type { Commit } from '../local';

/** Which service is told of. */
export interface ToldService {
  namespace: string;
  name: string;
}

/** `host/path/name`, as the delivery plugin knows a local repository. */
export function localRepository({ namespace, name }: ToldService): string {
  return `${LOCAL_REPOSITORY_HOST}/${namespace}/${name}`;
}

/** Names a deployment for good: the run and its effect. */
export function deploymentId(
  runId: string,
  part: 'deploy' | 'back' = 'deploy',
) {
  return `${runId}/service:deploy${part === 'back' ? '/back' : ''}`;
}

/** A deployment as it is told. */
export interface ToldDeployment {
  /** Run and effect, and which part of it: told again, it is the same. */
  id: string;
  status: 'running' | 'success' | 'failure' | 'cancelled';
  kind: 'deploy' | 'rollback';
  commit: string;
  digest: string;
  startedAt: number;
  finishedAt?: number;
  /** Entity ref of whose run it is. */
  actor: string;
}

const iso = (time: number) => new Date(time).toISOString();

/** What the delivery plugin is told of a deployment. */
export function deploymentEvent(
  service: ToldService,
  told: ToldDeployment,
): DeliveryEventInput {
  const { id, status, kind, commit, digest, startedAt, finishedAt } = told;
  return {
    type: 'deployment',
    source: LOCAL_DEPLOYER_SOURCE,
    id,
    occurredAt: iso(finishedAt ?? startedAt),
    service: entityRefOf(service),
    environment: LOCAL_ENVIRONMENT,
    status,
    kind,
    startedAt: iso(startedAt),
    ...(finishedAt !== undefined && { finishedAt: iso(finishedAt) }),
    repository: localRepository(service),
    sha: commit,
    artifact: `sha256:${digest}`,
    // A service that deploys is no user, and has no name there.
    ...(told.actor.startsWith('user:') && { actor: told.actor }),
  };
}

/**
 * What it is told of a commit that was pushed. Commits say of themselves who
 * made them and when; whom they name is not handed on, and what they claim to
 * have happened after the push happened with it.
 */
export function commitEvent(
  service: ToldService,
  { sha, parents, authoredAt, committedAt, title }: Commit,
  pushedAt: number,
): DeliveryEventInput {
  const pushed = iso(pushedAt);
  const before = (claimed: string) => (claimed > pushed ? pushed : claimed);
  const plain = title.replace(/[\p{Cc}\p{Cs}]/gu, ' ').trim();
  return {
    type: 'change',
    kind: 'commit',
    source: LOCAL_DEPLOYER_SOURCE,
    id: `${localRepository(service)}@${sha}`,
    occurredAt: pushed,
    repository: localRepository(service),
    sha,
    parents: parents.slice(0, 64),
    authoredAt: before(authoredAt),
    committedAt: before(committedAt),
    pushedAt: pushed,
    ...(plain && { title: plain.slice(0, 500) }),
  };
}
