import { inSlices, type JsonItem } from '@fawkes/kit-backend/http';
import type { Knex } from 'knex';
import {
  deploymentEventSchema,
  parseDeliveryEvent,
  type EventFault,
  type EventResult,
  type IntakeResponse,
} from '@fawkes/backstage-plugin-delivery-common';
import { canonicalJson } from '@fawkes/kit-contract';
import { sha256 } from '@fawkes/kit-backend/sql';
import { keepMessages, type InboxMessage } from '../store/inbox';
import {
  clipAtActor,
  hideActor,
  textWithoutNames,
  type HideName,
} from './people';

/** Longest raw text of a refused event that is kept for people to look at. */
const MAX_REJECTED_TEXT = 16 * 1024;

/** What recording depends on besides the events. */
export interface RecordContext {
  now: number;
  correlationId: string;
  /** Events are kept without the names of people. */
  hideName: HideName;
}

/**
 * Checks the events of a batch one by one and keeps them; resolves when all of
 * them are durable. One bad event never sinks its batch.
 *
 * The delivery id of an event is the SHA-256 of its canonical JSON: an identical
 * resend is a duplicate, a later state of the same fact is not.
 */
export async function recordEvents(
  db: Knex,
  items: readonly JsonItem[],
  context: RecordContext,
): Promise<IntakeResponse> {
  const messages = await inSlices(items, item => toMessage(item, context));
  const unique = new Map(
    messages.map(message => [
      `${message.source} ${message.deliveryId}`,
      message,
    ]),
  );
  const inserted = await keepMessages(db, [...unique.values()], context.now);
  const results = messages.map((message): EventResult => {
    if (message.fault) return { status: 'rejected', ...message.fault };
    // The first of identical events in a batch is the accepted one.
    return inserted.delete(`${message.source} ${message.deliveryId}`)
      ? { status: 'accepted' }
      : { status: 'duplicate' };
  });
  return countResults(results);
}

/** Adds up results. */
export function countResults(results: EventResult[]): IntakeResponse {
  const count = (status: EventResult['status']) =>
    results.filter(result => result.status === status).length;
  return {
    accepted: count('accepted'),
    duplicate: count('duplicate'),
    rejected: count('rejected'),
    results,
  };
}

function toMessage(item: JsonItem, context: RecordContext): InboxMessage {
  if ('fault' in item) {
    return refused(clipAtActor(item.text), item.fault, context);
  }
  const parsed = parseDeliveryEvent(item.value, context.now);
  if (!parsed.ok) {
    const text = textOf(item.value, context);
    return refused(text, parsed.fault, context, item.value);
  }
  const payload = canonicalJson(hideActor(parsed.event, context.hideName));
  return {
    channel: 'event',
    source: parsed.event.source,
    deliveryId: sha256(payload),
    payload,
    shortened: parsed.shortened,
    correlationId: parsed.event.correlationId ?? context.correlationId,
  };
}

const { actor: actorSchema } = deploymentEventSchema.shape;

function readActor(value: unknown): string | undefined {
  return actorSchema.safeParse(value).data;
}

/** A refused value as text, as far as it can be written down. */
function textOf(value: unknown, { hideName }: RecordContext): string {
  try {
    return textWithoutNames(value, readActor, hideName) ?? 'undefined';
  } catch (error) {
    // Thousands of levels deep: readable, but not to be written again.
    return `Not shown: ${error}`;
  }
}

function refused(
  text: string,
  fault: EventFault,
  context: { correlationId: string },
  value?: unknown,
): InboxMessage {
  const source =
    typeof value === 'object' && value !== null && 'source' in value
      ? value.source
      : undefined;
  return {
    channel: 'event',
    source:
      typeof source === 'string' && source.length > 0 && source.length <= 200
        ? source
        : 'unknown',
    deliveryId: `refused-${sha256(text)}`,
    payload: text.slice(0, MAX_REJECTED_TEXT),
    fault: { path: fault.path.slice(0, 512), reason: fault.reason },
    correlationId: context.correlationId,
  };
}
