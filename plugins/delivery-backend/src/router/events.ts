import express, { type Router } from 'express';
import { deliveryEventsWritePermission } from '@fawkes/backstage-plugin-delivery-common';
import { createCdeventsRouter, recordCloudEvents } from '../cdevents';
import { recordEvents } from '../intake/recordEvents';
import { audited } from './audited';
import { MAX_BODY_BYTES, readEvents } from './body';
import { correlationOf } from './correlation';
import type { RouterDeps } from './deps';

/** `POST /events` and `POST /cdevents`: answered once the events are durable. */
export function addEventRoutes(router: Router, deps: RouterDeps): void {
  const { db, httpAuth, access, now, nudge } = deps;
  const authorize = async (request: express.Request) => {
    const credentials = await httpAuth.credentials(request, {
      allow: ['user', 'service'],
    });
    await access.require(deliveryEventsWritePermission, credentials);
  };

  router.post(
    '/events',
    async (request, _response, next) => {
      // Before the body is read: whoever may not send need not be listened to.
      await authorize(request);
      next();
    },
    express.text({ type: () => true, limit: MAX_BODY_BYTES }),
    async (request, response) => {
      const items = readEvents(
        typeof request.body === 'string' ? request.body : '',
        request.header('content-type'),
      );
      const answer = await audited(
        deps,
        request,
        { eventId: 'event-mutate', meta: { events: items.length } },
        () =>
          recordEvents(db, items, {
            now: now(),
            correlationId: correlationOf(response),
          }),
      );
      nudge();
      const noneTaken = answer.rejected === answer.results.length;
      response.status(noneTaken ? 400 : 202).json(answer);
    },
  );

  router.use(
    createCdeventsRouter({
      authorize,
      record: async (readings, request) => {
        const answer = await audited(
          deps,
          request,
          { eventId: 'event-mutate', meta: { events: readings.length } },
          () =>
            recordCloudEvents(db, readings, {
              now: now(),
              correlationId: correlationOf(request.res!),
              mapper: deps.mappers.get('cdevents')!,
            }),
        );
        nudge();
        return answer;
      },
    }),
  );
}
