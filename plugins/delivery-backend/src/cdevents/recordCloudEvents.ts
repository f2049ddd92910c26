import type {
  EventResult,
  IntakeResponse,
} from '@fawkes/backstage-plugin-delivery-common';
import { inSlices } from '@fawkes/kit-backend/http';
import { sha256 } from '@fawkes/kit-backend/sql';
import type { Knex } from 'knex';
import type { Mapper } from '../intake/mappers';
import { countResults } from '../intake/recordEvents';
import { keepMessages, type InboxMessage } from '../store/inbox';
import type { CloudEventReading } from './parseCloudEvent';

/** What keeping CloudEvents depends on besides the database. */
export interface RecordCloudEventsContext {
  now: number;
  correlationId: string;
  /** The mapper of the channel `cdevents`: a fault is told to the sender at once. */
  mapper: Mapper;
}

/**
 * Keeps the events of a request in the inbox; resolves when all of them are
 * durable. Source and id of an envelope are the delivery key, so what a sender
 * repeats is a duplicate. An event whose data is wrong is kept as rejected, to
 * be seen and replayed; an envelope that cannot be read has no key to be kept
 * under and is only answered.
 */
export async function recordCloudEvents(
  db: Knex,
  readings: readonly CloudEventReading[],
  context: RecordCloudEventsContext,
): Promise<IntakeResponse> {
  const messages = await inSlices(readings, reading =>
    toMessage(reading, context),
  );
  const unique = new Map<string, InboxMessage>();
  for (const message of messages) {
    if ('channel' in message && !unique.has(keyOf(message))) {
      unique.set(keyOf(message), message);
    }
  }
  const inserted =
    unique.size > 0
      ? await keepMessages(db, [...unique.values()], context.now)
      : new Set<string>();
  return countResults(
    messages.map((message): EventResult => {
      if (!('channel' in message)) return { status: 'rejected', ...message };
      if (message.fault) return { status: 'rejected', ...message.fault };
      // The first of equal keys in a batch is the accepted one.
      return inserted.delete(keyOf(message))
        ? { status: 'accepted' }
        : { status: 'duplicate' };
    }),
  );
}

function toMessage(
  reading: CloudEventReading,
  { now, correlationId, mapper }: RecordCloudEventsContext,
): InboxMessage | { path: string; reason: string } {
  if (!reading.ok) return reading.fault;
  const { source, id, data } = reading;
  const payload = textOf(data);
  if (payload === undefined) {
    return { path: 'data', reason: 'is nested too deeply' };
  }
  const mapped = mapper({ deliveryId: id, payload: data }, now);
  return mapped.outcome === 'rejected'
    ? {
        channel: 'cdevents',
        source,
        // A corrected event may come again under the same id.
        deliveryId: `refused-${sha256(`${id} ${payload}`)}`,
        payload,
        correlationId,
        fault: { ...mapped.fault, path: mapped.fault.path.slice(0, 512) },
      }
    : { channel: 'cdevents', source, deliveryId: id, payload, correlationId };
}

/** JSON of what was read; undefined when it is too deep to be written again. */
function textOf(data: object): string | undefined {
  try {
    return JSON.stringify(data);
  } catch {
    return undefined;
  }
}

function keyOf(message: InboxMessage): string {
  return `${message.source} ${message.deliveryId}`;
}
