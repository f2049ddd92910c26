import { z } from 'zod';
import { instantSchema, MAX_TITLE } from './primitives';

/** What every canonical event says about itself. */
export const commonShape = {
  /** Who tells it, e.g. `github.com/acme` or `jenkins-eu`. */
  source: z.string().min(1).max(200),
  /** Unique within source and type. */
  id: z.string().min(1).max(MAX_TITLE),
  /** When the sender knew it in this state; the newest one wins. */
  occurredAt: instantSchema,
  correlationId: z.string().min(1).max(128).optional(),
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
      message: `lies before ${earlier} (${a})`,
    });
  }
}
