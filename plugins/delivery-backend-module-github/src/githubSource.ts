import { say } from '@fawkes/backstage-plugin-delivery-common';
import {
  hashIdentity,
  rejected,
  type DeliverySource,
  type Mapped,
  type RawMessage,
} from '@fawkes/backstage-plugin-delivery-node';
import { mapDeployment } from './events/deployment';
import { mapDeploymentStatus } from './events/deploymentStatus';
import { ignoreEvent } from './events/ignored';
import { mapIssues } from './events/issues';
import { mapPullRequest } from './events/pullRequest';
import { mapPullRequestReview } from './events/pullRequestReview';
import { mapPush } from './events/push';
import { mapRepository } from './events/repository';
import type { Rules } from './rules';

/** How GitHub webhooks are read. @public */
export interface GithubSourceOptions {
  /**
   * Secret that keys the hashes of authors' logins. Without it no authors are
   * kept: a key made up at each start would give one person many hashes.
   */
  identityKey?: string;
  /** Labels that make an issue an incident. Default `^incident$`, any case. */
  incidentLabel?: RegExp;
  /** Refs whose deployments are hotfixes. Default: branches `hotfix/…`, `hotfix-…`. */
  hotfixRef?: RegExp;
  /** Deployment tasks that are rollbacks. Default: tasks that begin with `rollback`. */
  rollbackTask?: RegExp;
}

type EventMapper = (payload: unknown, rules: Rules) => Mapped;

const MAPPERS: ReadonlyMap<string, EventMapper> = new Map([
  ['deployment', mapDeployment],
  ['deployment_status', mapDeploymentStatus],
  ['push', mapPush],
  ['pull_request', mapPullRequest],
  ['pull_request_review', mapPullRequestReview],
  ['issues', mapIssues],
  ['repository', mapRepository],
]);

/**
 * GitHub webhooks as a delivery source.
 *
 * It takes the topic `github`, where Backstage's event module publishes what
 * passed its signature check. That module's router publishes the same message
 * once more as `github.<event>`; this source leaves those alone, so that each
 * delivery is told once.
 *
 * @public
 */
export function createGithubSource(
  options: GithubSourceOptions = {},
): DeliverySource {
  const { identityKey } = options;
  const rules: Rules = {
    incidentLabel: options.incidentLabel ?? /^incident$/i,
    hotfixRef: options.hotfixRef ?? /^(refs\/heads\/)?hotfix[/-]/i,
    rollbackTask: options.rollbackTask ?? /^rollback/i,
    hashOf: (host, login) =>
      identityKey ? hashIdentity(identityKey, `${host}/${login}`) : undefined,
  };
  return {
    id: 'github',
    title: 'GitHub',
    topics: ['github'],
    keptHeaders: ['x-github-event', 'x-github-delivery'],
    deliveryId: ({ metadata }) => first(metadata?.['x-github-delivery']),
    map: message => mapMessage(message, rules),
  };
}

function mapMessage(message: RawMessage, rules: Rules): Mapped {
  const event = message.headers?.['x-github-event'];
  if (!event) {
    return rejected(
      'headers.x-github-event',
      say('rejected.github_event').text,
    );
  }
  const mapper = MAPPERS.get(event);
  return mapper ? mapper(message.payload, rules) : ignoreEvent(event);
}

function first(value: string | string[] | undefined): string | undefined {
  return Array.isArray(value) ? value[0] : value;
}
