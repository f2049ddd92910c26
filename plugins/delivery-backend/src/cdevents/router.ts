import type { IntakeResponse } from '@fawkes/backstage-plugin-delivery-common';
import express, { type Request, type Router } from 'express';
import PromiseRouter from 'express-promise-router';
import {
  MOST_EVENTS,
  parseCloudEvents,
  type CloudEventReading,
} from './parseCloudEvent';

/** What the route needs from the rest of the backend. */
export interface CdeventsRouterOptions {
  /** Throws unless the caller may send events. */
  authorize(request: Request): Promise<void>;
  /** Keeps the events; answers one result per reading once they are durable. */
  record(
    readings: CloudEventReading[],
    request: Request,
  ): Promise<IntakeResponse>;
}

const LARGEST_BODY = '5mb';

/**
 * `POST /cdevents`: CDEvents in CloudEvents structured, binary or batch mode.
 * Answers like `POST /events`: 202 with one result per event, 400 when none of
 * them could be taken, 413 beyond 1,000 events or 5 MiB.
 */
export function createCdeventsRouter(options: CdeventsRouterOptions): Router {
  const router = PromiseRouter();
  router.post(
    '/cdevents',
    express.text({ type: () => true, limit: LARGEST_BODY }),
    async (request, response) => {
      await options.authorize(request);
      const readings = parseCloudEvents(request.headers, request.body);
      if (readings.length > MOST_EVENTS) {
        response.status(413).json({
          error: {
            name: 'PayloadTooLargeError',
            message: `A batch may hold at most ${MOST_EVENTS} events; this one holds more`,
          },
        });
        return;
      }
      const answer = await options.record(readings, request);
      const { rejected, results } = answer;
      const noneTaken = rejected > 0 && rejected === results.length;
      response.status(noneTaken ? 400 : 202).json(answer);
    },
  );
  return router;
}
