import { NotAllowedError } from '@backstage/errors';
import type { ErrorRequestHandler, Request } from 'express';
import type { RouterDeps } from './deps';

/** What an audit event says about a request. */
export interface AuditSubject {
  eventId: string;
  severityLevel?: 'low' | 'medium' | 'high';
  meta?: Record<string, string | number | null>;
}

/**
 * Does something under an audit event: success is written after the work, a
 * refusal or failure with its error.
 */
export async function audited<T>(
  { auditor }: Pick<RouterDeps, 'auditor'>,
  request: Request,
  { eventId, severityLevel = 'medium', meta }: AuditSubject,
  work: () => Promise<T>,
): Promise<T> {
  markAudited(request);
  const event = await auditor.createEvent({
    eventId,
    severityLevel,
    request,
    meta,
  });
  try {
    const result = await work();
    await event.success();
    return result;
  } catch (error) {
    await event.fail({
      error: error instanceof Error ? error : new Error(String(error)),
    });
    throw error;
  }
}

/** What routes are about, as audit events name it. */
const ENTITIES: Record<string, string> = {
  events: 'event',
  cdevents: 'event',
  metrics: 'metrics',
  deployments: 'deployment',
  changes: 'change',
  incidents: 'incident',
};

/** Writes down every refusal that no route has written down itself. */
export function auditRefusals({
  auditor,
}: Pick<RouterDeps, 'auditor'>): ErrorRequestHandler {
  return async (error, request, response, next) => {
    if (error instanceof NotAllowedError && !response.locals.audited) {
      const [entity] = request.path.split('/').filter(Boolean);
      const action = request.method === 'GET' ? 'fetch' : 'mutate';
      try {
        const event = await auditor.createEvent({
          eventId: `${ENTITIES[entity] ?? 'intake'}-${action}`,
          severityLevel: 'medium',
          request,
        });
        await event.fail({ error });
      } catch (failure) {
        next(failure);
        return;
      }
    }
    next(error);
  };
}

function markAudited({ res }: Request): void {
  if (res) res.locals.audited = true;
}
