import { deploymentEventSchema } from '@fawkes/backstage-plugin-delivery-common';
import {
  ignored,
  whole,
  type Mapped,
} from '@fawkes/backstage-plugin-delivery-node';
import { z } from 'zod';
import {
  serviceOf,
  subjectReference,
  withContent,
  type CdEvent,
} from '../cdevent';
import { withCustomData } from '../customData';
import { provenanceOf } from '../purl';

const content = z.object({
  environment: subjectReference,
  artifactId: z.string().min(1).nullish(),
});

const {
  service,
  repository,
  sha,
  commits,
  version,
  kind,
  unplanned,
  fixesIncident,
  startedAt,
  url,
} = deploymentEventSchema.shape;

const extraFields = {
  service,
  repository,
  sha,
  commits,
  version,
  kind,
  unplanned,
  fixesIncident,
  startedAt,
  url,
};

/**
 * `service.deployed`, `upgraded` and `rolledback` each tell one successful
 * deployment, finished when the event says it happened. CDEvents names the
 * service, not the deployment, so the event's own id is the deployment's.
 *
 * A rollback is the deployment of an older artifact: it has a finish of its
 * own, and by its kind it marks the deployment before it as failed. (The other
 * reading, status `rolled_back`, would have to name the deployment that is
 * taken back, and CDEvents does not.)
 *
 * `service.published` says that a running service was opened to its users. It
 * follows `deployed` or `upgraded` of the same rollout and nothing in it tells
 * which, so counting it too would double the deployments.
 */
export function mapService(event: CdEvent): Mapped {
  const name = `CDEvent service.${event.predicate}`;
  switch (event.predicate) {
    case 'deployed':
    case 'upgraded':
      return toDeployment(event);
    case 'rolledback':
      return toDeployment(event, 'rollback');
    case 'published':
      return ignored(
        `${name} is told by service.deployed or service.upgraded already`,
      );
    case 'removed':
      return ignored(`${name} takes a service away and deploys nothing`);
    default:
      return ignored(`${name} says nothing about delivery`);
  }
}

function toDeployment(event: CdEvent, told?: 'rollback'): Mapped {
  return withContent(content, event, ({ environment, artifactId }) =>
    withCustomData(extraFields, event.customData, extra => {
      const provenance = provenanceOf(artifactId);
      return whole({
        type: 'deployment',
        source: event.source,
        id: event.id,
        occurredAt: event.timestamp,
        service: serviceOf(event.subject.id),
        environment: environment.id,
        status: 'success',
        finishedAt: event.timestamp,
        artifact: artifactId ?? undefined,
        kind: told,
        ...provenance,
        ...extra,
      });
    }),
  );
}
