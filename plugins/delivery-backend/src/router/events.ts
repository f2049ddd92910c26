import type { IntakeResponse } from '@fawkes/backstage-plugin-delivery-common';
import { Answered } from '@fawkes/kit-backend/http';
import { readCloudEvents, recordCloudEvents } from '../cdevents';
import { EVENT_LIMITS } from '../intake/eventLimits';
import { recordEvents } from '../intake/recordEvents';
import { readEvents } from './body';
import type { RouterDeps } from './deps';
import type { Some } from './some';

/** `POST /events` and `POST /cdevents`: answered once the events are durable. */
export function eventHandlers({
  db,
  hideName,
  mappers,
  now,
  nudge,
}: RouterDeps): Some<'sendEvents' | 'sendCdevents'> {
  return {
    sendEvents: async ({ body, request, note, correlationId }) => {
      const items = await readEvents(body, request.header('content-type'));
      note({ events: items.length });
      const answer = await recordEvents(db, items, {
        now: now(),
        correlationId,
        hideName,
      });
      nudge();
      return taken(answer);
    },

    sendCdevents: async ({ body, request, note, correlationId }) => {
      const readings = await readCloudEvents(
        request.headers,
        body,
        EVENT_LIMITS,
      );
      note({ events: readings.length });
      const answer = await recordCloudEvents(db, readings, {
        now: now(),
        correlationId,
        mapper: mappers.get('cdevents')!,
      });
      nudge();
      return taken(answer);
    },
  };
}

/** 202, or 400 when none of the events could be taken. */
function taken(answer: IntakeResponse): Answered<IntakeResponse> {
  const { rejected, results } = answer;
  const noneTaken = rejected > 0 && rejected === results.length;
  return new Answered(answer, noneTaken ? 400 : 202);
}
