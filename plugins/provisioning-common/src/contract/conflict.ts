import { z } from 'zod';
import { requestStateSchema } from './states';

/** Why a request is not as a command needs it (409). @public */
export const CONFLICT_CODES = [
  /** The state does not allow it. */
  'WRONG_STATE',
  /** A run goes on; `details.runId` says which. */
  'RUN_IN_PROGRESS',
  /** The key is there with another spec; `details.differences`. */
  'SPEC_DIFFERS',
  /** The plan is no longer the one that was looked at. */
  'PLAN_CHANGED',
  /** An update without the digest it replaces, or with an older one. */
  'STALE_DIGEST',
  /** Main is no longer the commit that was reviewed; `details.head`. */
  'STALE_HEAD',
  /** Somebody else has it; `details.owner` says which group. */
  'NAME_TAKEN',
  /** The quota is full; `details.quota` says who holds what. */
  'QUOTA_EXCEEDED',
  /** Nothing new is taken on at the moment. */
  'PAUSED',
  /** Others depend on it; `details.dependants`. */
  'HAS_DEPENDANTS',
  /** There is no service to start, stop or deploy. */
  'NO_SERVICE',
  /** The commit has no green build; `details.commit`. */
  'NO_GREEN_BUILD',
  /** There is no earlier healthy release to go back to. */
  'NO_RELEASE',
  /** One practice request a person; `details.id` is the living one. */
  'PRACTICE_ALIVE',
  /** What it needs is not here: the local remote, the deployer, a host. */
  'NOT_AVAILABLE',
] as const;
/** One of {@link CONFLICT_CODES}. @public */
export type ConflictCode = (typeof CONFLICT_CODES)[number];

/** Why something can never be done as it was asked for (422). @public */
export const UNPROCESSABLE_CODES = [
  /** No update changes this field; `details.differences`. */
  'FIXED_FIELD',
  /** The name typed is not the name. */
  'NOT_CONFIRMED',
] as const;
/** One of {@link UNPROCESSABLE_CODES}. @public */
export type UnprocessableCode = (typeof UNPROCESSABLE_CODES)[number];

/** One field in which two specs differ. @public */
export const specDifferenceSchema = z.object({
  /** JSON path in the spec: `template.version`. */
  path: z.string(),
  before: z.json(),
  after: z.json(),
});
/** See {@link specDifferenceSchema}. @public */
export type SpecDifference = z.infer<typeof specDifferenceSchema>;

/**
 * What stands beside `name` and `message` in the error of a 409 or 422. The
 * field `code` tells what to do; `state` is where the request stands.
 * @public
 */
export const refusalSchema = z.object({
  code: z.enum([...CONFLICT_CODES, ...UNPROCESSABLE_CODES]),
  state: requestStateSchema.optional(),
  details: z.record(z.string(), z.json()),
});
/** See {@link refusalSchema}. @public */
export type Refusal = z.infer<typeof refusalSchema>;

/**
 * Reads the refusal out of what a client threw; undefined for any other error.
 *
 * @param error - a `ResponseError`, whose body carries the error as sent
 * @public
 */
export function refusalOf(error: unknown): Refusal | undefined {
  const body = (error as { body?: { error?: unknown } } | undefined)?.body;
  const parsed = refusalSchema.safeParse(body?.error);
  return parsed.success ? parsed.data : undefined;
}
