import { incidentEventSchema } from '@fawkes/backstage-plugin-delivery-common';
import {
  ignored,
  part,
  type Mapped,
} from '@fawkes/backstage-plugin-delivery-node';
import { z } from 'zod';
import {
  serviceOf,
  subjectReference,
  titleOf,
  webUrl,
  withContent,
  type CdEvent,
} from '../cdevent';
import { withCustomData } from '../customData';

const content = z.object({
  description: z.string().nullish(),
  service: subjectReference.nullish(),
  environment: subjectReference.nullish(),
  artifactId: z.string().min(1).nullish(),
  ticketURI: z.string().nullish(),
});

const { service, repository, acknowledgedAt, severity, title, causedBy, url } =
  incidentEventSchema.shape;

const extraFields = {
  service,
  repository,
  acknowledgedAt,
  severity,
  title,
  causedBy,
  url,
};

/**
 * `incident.detected` and `incident.reported` open an incident (the first of
 * them counts), `incident.resolved` ends it. The artifact named at the opening
 * is the one that ran then: it says which deployment caused the incident. The
 * one named at the resolution is the cure.
 */
export function mapIncident(event: CdEvent): Mapped {
  const { predicate, timestamp, subject } = event;
  const opens = predicate === 'detected' || predicate === 'reported';
  if (!opens && predicate !== 'resolved') {
    return ignored(`CDEvent incident.${predicate} says nothing about delivery`);
  }
  return withContent(content, event, told =>
    withCustomData(extraFields, event.customData, extra =>
      part({
        type: 'incident',
        source: subject.source,
        id: subject.id,
        occurredAt: timestamp,
        fields: {
          service: serviceOf(told.service?.id),
          environment: told.environment?.id,
          ...(opens
            ? {
                title: titleOf(told.description),
                causedBy: told.artifactId ?? undefined,
                url: webUrl(told.ticketURI),
              }
            : { resolvedAt: timestamp }),
          ...extra,
        },
        earliest: opens ? { openedAt: timestamp } : undefined,
      }),
    ),
  );
}
