import {
  entityRefSchema,
  instantSchema,
  isoSchema,
  saidSchema,
} from '@fawkes/kit-contract';
import { z } from 'zod';
import { reasonSchema } from './votes';

/** Longest a delegation lasts, in days. @public */
export const DELEGATION_DAYS = 30;

/** `POST /delegations`: somebody else of the board votes for me for a time. @public */
export const delegateBodySchema = z
  .strictObject({
    to: entityRefSchema.refine(
      ref => ref.startsWith('user:'),
      'must be one person, e.g. user:default/ada; a group has no vote',
    ),
    /** Now when left out. */
    startsAt: instantSchema.optional(),
    /** How long, by the clock of the database; or `endsAt`. */
    days: z.int().min(1).max(DELEGATION_DAYS).optional(),
    endsAt: instantSchema.optional(),
    reason: reasonSchema,
  })
  .refine(
    ({ days, endsAt }) => (days === undefined) !== (endsAt === undefined),
    {
      path: ['days'],
      error: 'must say how long, or endsAt until when',
    },
  );
/** See {@link delegateBodySchema}. @public */
export type DelegateBody = z.infer<typeof delegateBodySchema>;

/** `POST /delegations/:id/end` @public */
export const endDelegationBodySchema = z.strictObject({
  reason: reasonSchema,
});

/** Somebody who votes for another, and when. @public */
export const delegationSchema = z.object({
  id: z.string(),
  /** Whose vote it is; entity ref. */
  from: z.string(),
  /** Who casts it; entity ref. */
  to: z.string(),
  startsAt: isoSchema,
  endsAt: isoSchema,
  status: z.enum(['upcoming', 'active', 'over']),
  /** Null once it was erased, and for others than the two and the board. */
  reason: z.string().nullable(),
  mine: z.object({
    /** Null: the viewer may end it; words say why not. */
    end: saidSchema.nullable(),
  }),
});
/** See {@link delegationSchema}. @public */
export type CabDelegation = z.infer<typeof delegationSchema>;

/** Answer of `GET /delegations`. @public */
export const delegationsResponseSchema = z.object({
  asOf: isoSchema,
  /** In force and to come, the next to end first. */
  items: z.array(delegationSchema),
  mine: z.object({
    /** Null: the viewer may name somebody; words say why not. */
    name: saidSchema.nullable(),
    /** Whom they may name: the others of the board. */
    candidates: z.array(z.string()),
  }),
});
/** See {@link delegationsResponseSchema}. @public */
export type DelegationsResponse = z.infer<typeof delegationsResponseSchema>;
