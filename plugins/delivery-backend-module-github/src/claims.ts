import {
  parseDeliveryEvent,
  type Claim,
  type PartialClaim,
} from '@fawkes/backstage-plugin-delivery-common';
import type { Mapped } from '@fawkes/backstage-plugin-delivery-node';
import { checkPart, type PartDraft } from './checkPart';

/** Says where a payload is wrong. */
export function rejected(path: string, reason: string): Mapped {
  return { outcome: 'rejected', fault: { path, reason } };
}

/** Says why a payload carries no fact. */
export function ignored(reason: string): Mapped {
  return { outcome: 'ignored', reason };
}

/** A whole record as the answer to one message. */
export function whole(draft: Record<string, unknown>): Mapped {
  // A mapper has no clock: times in the future are the intake's to refuse.
  const parsed = parseDeliveryEvent(dropUnknown(draft), Infinity);
  return parsed.ok
    ? { outcome: 'claims', claims: [{ claim: 'whole', event: parsed.event }] }
    : { outcome: 'rejected', fault: parsed.fault };
}

/** Parts of facts as the answer to one message; the first fault rejects it. */
export function parts(drafts: PartDraft[]): Mapped {
  const claims: PartialClaim[] = [];
  for (const draft of drafts) {
    const checked = checkPart(draft);
    if (!checked.ok) return { outcome: 'rejected', fault: checked.fault };
    claims.push(checked.claim);
  }
  return { outcome: 'claims', claims: claims satisfies Claim[] };
}

/** Leaves out what is not known: absent is absent, never null. */
function dropUnknown(fields: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(fields).filter(([, value]) => value !== undefined),
  );
}
