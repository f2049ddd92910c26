import { say } from '@fawkes/backstage-plugin-delivery-common';
import { formatPath } from '@fawkes/kit-contract';
import { rejected, type Mapped } from '@fawkes/backstage-plugin-delivery-node';
import { z } from 'zod';

const instant = z.iso.datetime({ offset: true });
const reference = z.object({
  id: z.string().min(1),
  source: z.string().min(1).nullish(),
});

/** @see https://cdevents.dev/docs/spec/ */
const schema = z.object({
  context: z.object({
    /** Since 0.5; earlier versions call it `version`. */
    specversion: z.string().nullish(),
    version: z.string().nullish(),
    id: z.string().min(1).max(512),
    source: z.string().min(1).max(200),
    type: z.string().max(200),
    timestamp: instant,
  }),
  subject: z.object({
    id: z.string().min(1).max(512),
    source: z.string().min(1).max(200).nullish(),
    content: z.looseObject({}).nullish(),
  }),
  customData: z.unknown().optional(),
});

/** One CDEvent as the mappers read it. */
export interface CdEvent {
  /** `service`, `incident`, … */
  subjectType: string;
  /** `deployed`, `detected`, … */
  predicate: string;
  /** Id of this event, unique within {@link CdEvent.source}. */
  id: string;
  source: string;
  timestamp: string;
  subject: {
    id: string;
    /** Who made the id; the sender of the event unless it says otherwise. */
    source: string;
    content: Record<string, unknown>;
  };
  customData: unknown;
}

const TYPE =
  /^dev\.cdevents\.([a-z]+)\.([a-z]+)\.\d+\.\d+\.\d+(-[0-9A-Za-z.-]+)?$/;
const CUSTOM_TYPE = /^dev\.cdeventsx\./;
const KNOWN_VERSIONS = /^0\.[45](\.|-|$)/;

/** Reads the parts every CDEvent has; a fault rejects it with its path. */
export function readCdEvent(
  payload: unknown,
): { event: CdEvent } | { answer: Mapped } {
  const parsed = schema.safeParse(payload);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    return { answer: rejected(formatPath(issue.path), issue.message) };
  }
  const { context, subject, customData } = parsed.data;
  const version = context.specversion ?? context.version;
  if (!version || !KNOWN_VERSIONS.test(version)) {
    return {
      answer: rejected(
        'context.specversion',
        say('rejected.cdevents_version').text,
      ),
    };
  }
  if (CUSTOM_TYPE.test(context.type)) {
    return {
      answer: {
        outcome: 'ignored',
        reason: `CDEvent ${context.type} is a custom event`,
      },
    };
  }
  const [, subjectType, predicate] = TYPE.exec(context.type) ?? [];
  if (!subjectType || !predicate) {
    return {
      answer: rejected('context.type', say('rejected.cdevents_type').text),
    };
  }
  return {
    event: {
      subjectType,
      predicate,
      id: context.id,
      source: context.source,
      timestamp: context.timestamp,
      subject: {
        id: subject.id,
        source: subject.source ?? context.source,
        content: subject.content ?? {},
      },
      customData,
    },
  };
}

/** Reads `subject.content`; a fault rejects the event with its path. */
export function withContent<T>(
  content: z.ZodType<T>,
  event: CdEvent,
  map: (read: T) => Mapped,
): Mapped {
  const parsed = content.safeParse(event.subject.content);
  if (parsed.success) return map(parsed.data);
  const [issue] = parsed.error.issues;
  return rejected(
    formatPath(['subject', 'content', ...issue.path]),
    issue.message,
  );
}

/** A reference to another subject (an environment, a repository, a service). */
export const subjectReference = reference;

/** The first line as a title, which the contract clips and counts. */
export function titleOf(text: string | null | undefined): string | undefined {
  return text?.split('\n', 1)[0] || undefined;
}

/** An address people can open; anything else is left out. */
export function webUrl(text: string | null | undefined): string | undefined {
  return text &&
    text.length <= 2048 &&
    z.url({ protocol: /^https?$/ }).safeParse(text).success
    ? text
    : undefined;
}

/** CDEvents service ids are free text; only an entity ref names a component. */
export function serviceOf(id: string | undefined): string | undefined {
  return id && /^component:/i.test(id) ? id : undefined;
}
