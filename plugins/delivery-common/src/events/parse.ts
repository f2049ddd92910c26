import {
  faultOf,
  instantSchema,
  MAX_TITLE,
  type Fault,
} from '@fawkes/kit-contract';
import { say } from '../contract/words';
import { withoutLongLists } from './longLists';
import { isMachineZero, withoutMachineZero } from './machineZero';
import { deliveryEventSchema, type DeliveryEvent } from './deliveryEvent';

/** How far ahead of the receiver's clock a sender's clock may run, in ms. @public */
export const CLOCK_TOLERANCE_MS = 10 * 60 * 1000;

/** The answer to one event of a batch: where it is wrong and why. @public */
export type EventFault = Fault;

/** What bounds took from a message that was taken all the same. @public */
export interface Shortened {
  /** Texts for people that were too long, and were clipped. */
  texts: number;
  /** Lists that were too long: what they say is unknown. */
  lists: number;
}

/** All of it together; undefined where nothing was taken. @public */
export function addShortened(
  each: ReadonlyArray<Shortened | undefined>,
): Shortened | undefined {
  const sum = { texts: 0, lists: 0 };
  for (const { texts, lists } of each.filter(one => one !== undefined)) {
    sum.texts += texts;
    sum.lists += lists;
  }
  return sum.texts + sum.lists > 0 ? sum : undefined;
}

/**
 * How many of the given texts are the beginning of what was given: longer than
 * any text that is kept whole, and kept.
 * @public
 */
export function clippedTexts(
  given: Readonly<Record<string, unknown>>,
  kept: Readonly<Record<string, unknown>>,
): number {
  return Object.entries(kept).filter(([name, text]) => {
    const whole = given[name];
    return (
      typeof text === 'string' &&
      typeof whole === 'string' &&
      whole.length > MAX_TITLE &&
      whole.length > text.length &&
      whole.startsWith(text)
    );
  }).length;
}

/** A checked event, or what is wrong with it. @public */
export type ParsedEvent =
  | {
      ok: true;
      event: DeliveryEvent;
      /** Left out where nothing was. */
      shortened?: Shortened;
    }
  | { ok: false; fault: EventFault };

type Fields = Record<string, unknown>;

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

/**
 * Checks one received value against the canonical contract.
 *
 * @param value - anything a sender may have sent
 * @param now - the receiver's clock, in ms since the epoch
 * @param options - `kept`: it has been checked before, and what was unknown is
 *   left out since
 * @returns the normalised event, or the first fault with its path; never throws
 * @public
 */
export function parseDeliveryEvent(
  value: unknown,
  now: number,
  { kept = false }: { kept?: boolean } = {},
): ParsedEvent {
  const { value: known, dropped } = withoutMachineZero(value);
  const { value: bounded, lists } = withoutLongLists(known);
  const parsed = deliveryEventSchema.safeParse(bounded);
  if (!parsed.success) {
    return {
      ok: false,
      fault: faultOf(parsed.error, say('rejected.unknown_field').text),
    };
  }
  const untold = kept ? undefined : untoldInstant(parsed.data, dropped);
  if (untold) return { ok: false, fault: untold };
  const zero = INSTANT_FIELDS.find(
    name =>
      name !== 'occurredAt' &&
      isMachineZero((parsed.data as Record<string, unknown>)[name]),
  );
  if (zero) {
    return {
      ok: false,
      fault: { path: zero, reason: say('rejected.zero').text },
    };
  }
  const future = findFutureInstant(parsed.data, now + CLOCK_TOLERANCE_MS);
  if (future) {
    return {
      ok: false,
      fault: { path: future, reason: say('rejected.future').text },
    };
  }
  const texts = clippedTexts(bounded as Fields, parsed.data as Fields);
  return {
    ok: true,
    event: parsed.data,
    ...(texts + lists > 0 && { shortened: { texts, lists } }),
  };
}

/** Whoever knows when a commit was made has to say so; a clock that was never set does not. */
function untoldInstant(
  event: DeliveryEvent,
  dropped: ReadonlySet<string>,
): Fault | undefined {
  if (event.type !== 'change' || event.kind !== 'commit' || event.deleted) {
    return undefined;
  }
  const path = (['authoredAt', 'committedAt'] as const).find(
    name => event[name] === undefined && !dropped.has(name),
  );
  if (!path) return undefined;
  const { reason } = faultOf(
    instantSchema.safeParse(undefined).error!,
    say('rejected.unknown_field').text,
  );
  return { path, reason };
}

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
