import {
  parseDeliveryEvent,
  type EventFault,
  type PartialClaim,
} from '@fawkes/backstage-plugin-delivery-common';
import { checkPart, type PartDraft } from './checkPart';
import type { Mapped } from './source';

/** Says where a payload is wrong. @public */
export function rejected(path: string, reason: string): Mapped {
  return { outcome: 'rejected', fault: { path, reason } };
}

/** Says why a payload carries no fact. @public */
export function ignored(reason: string): Mapped {
  return { outcome: 'ignored', reason };
}

/**
 * A whole record as the answer to one message; a field that is undefined is left
 * out. A mapper has no clock: times in the future are the intake's to refuse.
 * @public
 */
export function whole(draft: Readonly<Record<string, unknown>>): Mapped {
  const parsed = parseDeliveryEvent(dropUnknown(draft), Infinity);
  return parsed.ok
    ? { outcome: 'claims', claims: [{ claim: 'whole', event: parsed.event }] }
    : { outcome: 'rejected', fault: parsed.fault };
}

/** A part of a fact as the answer to one message. @public */
export function part(draft: PartDraft): Mapped {
  return parts([draft]);
}

/**
 * Parts of facts as the answer to one message. One bad part costs itself; where
 * nothing else is left, its fault rejects the message.
 * @public
 */
export function parts(drafts: readonly PartDraft[]): Mapped {
  const claims: PartialClaim[] = [];
  const faults: EventFault[] = [];
  for (const draft of drafts) {
    const checked = checkPart(draft);
    if (checked.ok) claims.push(checked.claim);
    else faults.push(checked.fault);
  }
  const [fault] = faults;
  if (fault === undefined) return { outcome: 'claims', claims };
  return claims.length === 0
    ? { outcome: 'rejected', fault }
    : { outcome: 'claims', claims, fault };
}

/**
 * Several answers to one message as one: what any of them claims; rejected only
 * when nothing is left to claim.
 * @public
 */
export function together(...answers: readonly Mapped[]): Mapped {
  const claims = answers.flatMap(answer =>
    answer.outcome === 'claims' ? answer.claims : [],
  );
  const fault = answers
    .map(answer => (answer.outcome === 'ignored' ? undefined : answer.fault))
    .find(found => found !== undefined);
  if (claims.length === 0) {
    return fault ? { outcome: 'rejected', fault } : answers[0];
  }
  return { outcome: 'claims', claims, ...(fault ? { fault } : {}) };
}

/** Leaves out what is not known: absent is absent, never null. */
function dropUnknown(
  fields: Readonly<Record<string, unknown>>,
): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(fields).filter(([, value]) => value !== undefined),
  );
}
