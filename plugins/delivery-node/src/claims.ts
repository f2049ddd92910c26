import {
  addShortened,
  parseDeliveryEvent,
  type Claim,
  type EventFault,
  type PartialClaim,
  type Shortened,
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
  if (!parsed.ok) return { outcome: 'rejected', fault: parsed.fault };
  return claimsOf([{ claim: 'whole', event: parsed.event }], parsed);
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
  const shortened: Array<Shortened | undefined> = [];
  for (const draft of drafts) {
    const checked = checkPart(draft);
    if (checked.ok) {
      claims.push(checked.claim);
      shortened.push(checked.shortened);
    } else {
      faults.push(checked.fault);
    }
  }
  const [fault] = faults;
  return claims.length === 0 && fault
    ? { outcome: 'rejected', fault }
    : claimsOf(claims, { fault, shortened: addShortened(shortened) });
}

function claimsOf(
  claims: Claim[],
  { fault, shortened }: { fault?: EventFault; shortened?: Shortened },
): Mapped {
  return {
    outcome: 'claims',
    claims,
    ...(fault && { fault }),
    ...(shortened && { shortened }),
  };
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
  const shortened = addShortened(
    answers.map(answer =>
      answer.outcome === 'claims' ? answer.shortened : undefined,
    ),
  );
  return claimsOf(claims, { fault, shortened });
}

/** Leaves out what is not known: absent is absent, never null. */
function dropUnknown(
  fields: Readonly<Record<string, unknown>>,
): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(fields).filter(([, value]) => value !== undefined),
  );
}
