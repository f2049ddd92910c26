import {
  ignored,
  type DeliverySource,
  type Mapped,
} from '@fawkes/backstage-plugin-delivery-node';
import { readCdEvent, type CdEvent } from './cdevent';
import { mapChange } from './subjects/change';
import { mapIncident } from './subjects/incident';
import { mapService } from './subjects/service';
import { mapTicket } from './subjects/ticket';

/** CDEvents 0.4 and 0.5 as a delivery source. */
export function createCdeventsSource(): DeliverySource {
  return {
    id: 'cdevents',
    title: 'CDEvents',
    map: ({ payload }) => {
      const read = readCdEvent(payload);
      return 'answer' in read ? read.answer : mapEvent(read.event);
    },
  };
}

function mapEvent(event: CdEvent): Mapped {
  switch (event.subjectType) {
    case 'service':
      return mapService(event);
    case 'incident':
      return mapIncident(event);
    case 'change':
      return mapChange(event);
    case 'ticket':
      return mapTicket(event);
    case 'artifact':
      return ignored(
        `CDEvent artifact.${event.predicate} tells what an artifact was made of; facts keep that with the deployment (vcs_url of its purl)`,
      );
    default:
      return ignored(
        `CDEvent ${event.subjectType}.${event.predicate} says nothing about delivery`,
      );
  }
}
