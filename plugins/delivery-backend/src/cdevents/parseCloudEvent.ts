import { MAX_EVENTS, say } from '@fawkes/backstage-plugin-delivery-common';
import { readItem } from '@fawkes/kit-backend/http';
import { formatPath } from '@fawkes/kit-contract';
import type { EventFault } from '@fawkes/backstage-plugin-delivery-common';
import { CloudEvent, HTTP, ValidationError } from 'cloudevents';
import { z } from 'zod';
import { EVENT_LIMITS } from '../intake/eventLimits';

/** One CloudEvent of a request, or what is wrong with it. */
export type CloudEventReading =
  | {
      ok: true;
      /** Source and id of the envelope: together they make the delivery key. */
      source: string;
      id: string;
      /** The CDEvent it carries. */
      data: object;
    }
  | { ok: false; fault: EventFault };

/** Request headers, names in lower case. */
export type Headers = Record<string, string | string[] | undefined>;

/** Most attributes of an envelope; the specification knows eight. */
const MOST_ATTRIBUTES = 64;

const NO_OBJECT = 'must be a CDEvents object';
const STRUCTURED = 'application/cloudevents+json';
const BATCH = 'application/cloudevents-batch+json';

/** Whether a request says that it is a batch. */
export function isBatch(headers: Headers): boolean {
  return mediaType(headers['content-type']) === BATCH;
}

/** Reads one CloudEvent of a batch. */
export function readBatchItem(
  event: unknown,
  index: number,
): CloudEventReading {
  return within(`[${index}]`, readStructured(event));
}

/**
 * Reads the CloudEvents of one HTTP request in structured, binary or batch
 * mode. Of a batch with more than {@link MAX_EVENTS}, one more is read: so
 * many, and whoever asked can tell.
 *
 * @param headers - request headers, names in lower case
 * @param body - the body as text, or as JSON that was parsed on the way
 * @returns one reading per event, in order; never throws
 * @see https://github.com/cloudevents/spec/blob/v1.0.2/cloudevents/bindings/http-protocol-binding.md
 */
export function parseCloudEvents(
  headers: Headers,
  body: unknown,
): CloudEventReading[] {
  const contentType = mediaType(headers['content-type']);
  const json = readJson(body);
  if (!json.ok) return [faulty('', json.reason)];
  if (contentType === BATCH) {
    return Array.isArray(json.value)
      ? json.value
          .slice(0, MAX_EVENTS + 1)
          .map((event, index) => readBatchItem(event, index))
      : [faulty('', 'must be a JSON array of CloudEvents')];
  }
  if (contentType === STRUCTURED) return [readStructured(json.value)];
  if (contentType.startsWith('application/cloudevents')) {
    return [
      faulty('headers.content-type', `must be ${STRUCTURED} or ${BATCH}`),
    ];
  }
  return [readBinary(headers, json.value)];
}

const attributes = z.object({
  specversion: z.literal('1.0', 'must be "1.0"'),
  id: z.string('is required').min(1).max(255),
  source: z.string('is required').min(1).max(200),
  type: z.string('is required').min(1).max(512),
});

const envelope = attributes.extend({ data_base64: z.string().optional() });

function readStructured(value: unknown): CloudEventReading {
  // The package makes up an id where none is sent: look before it does.
  const checked = envelope.safeParse(value);
  if (!checked.success) return faultOf(checked.error);
  const given = value as Record<string, unknown>;
  if (Object.keys(given).length > MOST_ATTRIBUTES) {
    return faulty('', `has more than ${MOST_ATTRIBUTES} attributes`);
  }
  const { data_base64: encoded, ...plain } = given;
  if (encoded === undefined) return build(() => new CloudEvent(plain));
  const data = readJson(Buffer.from(String(encoded), 'base64').toString());
  return data.ok
    ? build(() => new CloudEvent({ ...plain, data: data.value }))
    : faulty('data_base64', data.reason);
}

function readBinary(headers: Headers, data: unknown): CloudEventReading {
  const checked = attributes.safeParse(
    Object.fromEntries(
      Object.keys(attributes.shape).map(name => [name, headers[`ce-${name}`]]),
    ),
  );
  if (!checked.success) return within('headers', faultOf(checked.error, 'ce-'));
  // The package would read a text as JSON once more, without any bounds.
  if (typeof data === 'string') return faulty('data', NO_OBJECT);
  return build(() => {
    const event = HTTP.toEvent({
      headers: { ...headers, 'content-type': 'application/json' },
      body: data,
    });
    const [first] = [event].flat();
    return new CloudEvent({ ...first });
  });
}

function build(make: () => CloudEvent<unknown>): CloudEventReading {
  try {
    const { id, source, data } = make();
    if (typeof data !== 'object' || data === null || Array.isArray(data)) {
      return faulty('data', NO_OBJECT);
    }
    return { ok: true, source, id, data };
  } catch (error) {
    return faultOfPackage(error);
  }
}

const packageFault = z.array(
  z.object({ instancePath: z.string(), message: z.string() }),
);

function faultOfPackage(error: unknown): CloudEventReading {
  if (error instanceof ValidationError) {
    const faults = packageFault.safeParse(error.errors);
    if (faults.success && faults.data.length > 0) {
      const [{ instancePath, message }] = faults.data;
      return faulty(instancePath.replace(/^\//, ''), message);
    }
  }
  const reason = error instanceof Error ? error.message : String(error);
  return faulty(
    '',
    say('rejected.cloudevent', { fault: reason.slice(0, 200) }).text,
  );
}

function faultOf(error: z.ZodError, prefix: string = ''): CloudEventReading {
  const [issue] = error.issues;
  return faulty(`${prefix}${formatPath(issue.path)}`, issue.message);
}

function faulty(path: string, reason: string): CloudEventReading {
  return { ok: false, fault: { path, reason } };
}

function within(place: string, reading: CloudEventReading): CloudEventReading {
  if (reading.ok) return reading;
  const { path, reason } = reading.fault;
  return faulty(path ? `${place}.${path}` : place, reason);
}

function mediaType(header: string | string[] | undefined): string {
  const text = Array.isArray(header) ? header[0] : header;
  return (text ?? '').split(';', 1)[0].trim().toLowerCase();
}

function readJson(
  body: unknown,
): { ok: true; value: unknown } | { ok: false; reason: string } {
  if (typeof body !== 'string') return { ok: true, value: body };
  const item = readItem(body, EVENT_LIMITS);
  return 'fault' in item
    ? { ok: false, reason: item.fault.reason }
    : { ok: true, value: item.value };
}
