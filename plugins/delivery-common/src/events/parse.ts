import { deliveryEventSchema, type DeliveryEvent } from './deliveryEvent';

/** How far ahead of the receiver's clock a sender's clock may run, in ms. @public */
export const CLOCK_TOLERANCE_MS = 10 * 60 * 1000;

/** The answer to one event of a batch: where it is wrong and why. @public */
export interface EventFault {
  /** JSON path within the event, e.g. `finishedAt` or `parts[1].sha`. */
  path: string;
  /** What is wrong there, in words a sender can act on. */
  reason: string;
}

/** A checked event, or what is wrong with it. @public */
export type ParsedEvent =
  | { ok: true; event: DeliveryEvent }
  | { ok: false; fault: EventFault };

/**
 * Checks one received value against the canonical contract.
 *
 * @param value - anything a sender may have sent
 * @param now - the receiver's clock, in ms since the epoch
 * @returns the normalised event, or the first fault with its path; never throws
 * @public
 */
export function parseDeliveryEvent(value: unknown, now: number): ParsedEvent {
  const parsed = deliveryEventSchema.safeParse(value);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    return {
      ok: false,
      fault: {
        path: formatPath([
          ...issue.path,
          ...(issue.code === 'unrecognized_keys' ? [issue.keys[0]] : []),
        ]),
        reason:
          issue.code === 'unrecognized_keys'
            ? 'is not a field of this event type'
            : clip(issue.message),
      },
    };
  }
  const future = findFutureInstant(parsed.data, now + CLOCK_TOLERANCE_MS);
  return future
    ? {
        ok: false,
        fault: {
          path: future,
          reason: 'lies more than 10 minutes in the future',
        },
      }
    : { ok: true, event: parsed.data };
}

/** Formats a path the way people write it: `parts[1].sha`. @public */
export function formatPath(path: readonly PropertyKey[]): string {
  return path
    .map(part =>
      typeof part === 'number' ? `[${part}]` : `.${clip(String(part))}`,
    )
    .join('')
    .replace(/^\./, '');
}

const INSTANT_FIELDS = [
  'occurredAt',
  'startedAt',
  'finishedAt',
  'authoredAt',
  'committedAt',
  'pushedAt',
  'openedAt',
  'readyAt',
  'firstReviewAt',
  'approvedAt',
  'mergedAt',
  'closedAt',
  'acknowledgedAt',
  'resolvedAt',
  'createdAt',
  'at',
];

function findFutureInstant(
  event: DeliveryEvent,
  latest: number,
): string | undefined {
  const fields = event as Record<string, unknown>;
  return INSTANT_FIELDS.find(name => {
    const value = fields[name];
    return typeof value === 'string' && Date.parse(value) > latest;
  });
}

// A sender's own text comes back to it in messages: keep it short.
function clip(text: string): string {
  return text.length > 200 ? `${text.slice(0, 199)}…` : text;
}
