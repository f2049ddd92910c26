import type { Request } from 'express';
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
