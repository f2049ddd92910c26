import { workItemEventSchema } from '@fawkes/backstage-plugin-delivery-common';
import {
  ignored,
  part,
  type Mapped,
} from '@fawkes/backstage-plugin-delivery-node';
import { z } from 'zod';
import { titleOf, webUrl, withContent, type CdEvent } from '../cdevent';
import { withCustomData } from '../customData';

const content = z.object({
  summary: z.string().nullish(),
  ticketType: z.string().nullish(),
  group: z.string().nullish(),
  labels: z.array(z.string()).nullish(),
  uri: z.string().nullish(),
});

const { kind, team, userProblem } = workItemEventSchema.shape;
const extraFields = { kind, team, userProblem };

type Kind = z.infer<typeof kind>;

/** The ticket types of CDEvents, and those other trackers use for them. */
const KINDS: ReadonlyMap<string, Kind> = new Map<string, Kind>([
  ['bug', 'defect'],
  ['defect', 'defect'],
  ['incident', 'defect'],
  ['enhancement', 'feature'],
  ['feature', 'feature'],
  ['story', 'feature'],
  ['risk', 'risk'],
  ['debt', 'debt'],
]);

/** `ticket.*`: a work item, told in parts. People named in it are not kept. */
export function mapTicket(event: CdEvent): Mapped {
  const { predicate, timestamp, subject } = event;
  if (!['created', 'updated', 'closed'].includes(predicate)) {
    return ignored(`CDEvent ticket.${predicate} says nothing about delivery`);
  }
  const created = predicate === 'created';
  return withContent(content, event, told =>
    withCustomData(extraFields, event.customData, extra =>
      part({
        type: 'work-item',
        source: subject.source,
        id: subject.id,
        occurredAt: timestamp,
        fields: {
          title: titleOf(told.summary),
          kind:
            told.ticketType || created ? kindOf(told.ticketType) : undefined,
          labels: told.labels || created ? labelsOf(told.labels) : undefined,
          team: /^group:/i.test(told.group ?? '') ? told.group : undefined,
          url: webUrl(told.uri),
          closedAt: predicate === 'closed' ? timestamp : undefined,
          ...extra,
        },
        earliest: created ? { createdAt: timestamp } : undefined,
      }),
    ),
  );
}

function kindOf(ticketType: string | null | undefined): Kind {
  return KINDS.get(ticketType?.toLowerCase() ?? '') ?? 'task';
}

function labelsOf(labels: string[] | null | undefined): string[] {
  return (labels ?? [])
    .filter(label => label.length > 0 && label.length <= 200)
    .slice(0, 100);
}
