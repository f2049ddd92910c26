import { inspect } from 'node:util';
import type {
  AuditorService,
  AuditorServiceCreateEventOptions,
} from '@backstage/backend-plugin-api';
import type { JsonObject } from '@backstage/types';
import type { Route } from '@fawkes/kit-contract';
import type { Request } from 'express';

/** Adds to what an audit event says, once that is known. @public */
export type Note = (meta: JsonObject) => void;

function eventOf(
  request: Request,
  route: Route,
): AuditorServiceCreateEventOptions {
  const fetches = route.method === 'get';
  return {
    eventId: `${route.audit}-${fetches ? 'fetch' : 'mutate'}`,
    severityLevel: route.severity ?? 'medium',
    request,
    meta: {
      ...(route.action ? { actionType: route.action } : {}),
      ...request.params,
    },
  };
}

/**
 * Does something under an audit event: success is written after the work, a
 * refusal or failure with its error.
 */
export async function audited<T>(
  auditor: AuditorService,
  request: Request,
  route: Route,
  work: (note: Note) => Promise<T>,
): Promise<T> {
  const event = await auditor.createEvent(eventOf(request, route));
  const meta: JsonObject = {};
  try {
    const result = await work(more => Object.assign(meta, more));
    await event.success({ meta });
    return result;
  } catch (error) {
    await event.fail({
      meta,
      error: error instanceof Error ? error : new Error(inspect(error)),
    });
    throw error;
  }
}

/** Writes down that somebody was refused. */
export async function auditRefusal(
  auditor: AuditorService,
  request: Request,
  route: Route,
  error: Error,
): Promise<void> {
  const event = await auditor.createEvent(eventOf(request, route));
  await event.fail({ error });
}
