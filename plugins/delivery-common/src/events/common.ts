import { z } from 'zod';
import { say } from '../contract/words';
import { instantSchema, MAX_TITLE, nameSchema } from '@fawkes/kit-contract';

/** What every canonical event says about itself. */
export const commonShape = {
  /** Who tells it, e.g. `github.com/acme` or `jenkins-eu`. */
  source: nameSchema(200),
  /** Unique within source and type. */
  id: nameSchema(MAX_TITLE),
  /** When the sender knew it in this state; the newest one wins. */
  occurredAt: instantSchema,
  correlationId: nameSchema(128).optional(),
  /** A tombstone: the fact is taken back. */
  deleted: z.boolean().optional(),
};

/** Adds an issue when `later` lies before `earlier`. */
export function refuseReversed<T extends Record<string, unknown>>(
  event: T,
  earlier: keyof T & string,
  later: keyof T & string,
  ctx: z.RefinementCtx,
): void {
  const a = event[earlier];
  const b = event[later];
  if (typeof a === 'string' && typeof b === 'string' && b < a) {
    ctx.addIssue({
      code: 'custom',
      path: [later],
      message: say('rejected.order', { earlier, at: a }).text,
    });
  }
}
