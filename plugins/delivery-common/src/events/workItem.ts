import { z } from 'zod';
import { commonShape, refuseReversed } from './common';
import { bodyText, titleText } from './primitives';
import {
  entityRefSchema,
  instantSchema,
  nameSchema,
  textUpTo,
  urlSchema,
} from '@fawkes/kit-contract';

/** A piece of work people plan. @public */
export const workItemEventSchema = z
  .strictObject({
    type: z.literal('work-item'),
    ...commonShape,
    title: titleText,
    kind: z.enum(['feature', 'defect', 'risk', 'debt', 'task']),
    createdAt: instantSchema,
    closedAt: instantSchema.optional(),
    labels: z.array(textUpTo(200).min(1)).max(100),
    team: entityRefSchema.optional(),
    userProblem: bodyText.optional(),
    url: urlSchema.optional(),
  })
  .superRefine((event, ctx) =>
    refuseReversed(event, 'createdAt', 'closedAt', ctx),
  );

/** A work item moved from one state to another. @public */
export const workItemTransitionEventSchema = z.strictObject({
  type: z.literal('work-item-transition'),
  ...commonShape,
  workItem: nameSchema(512),
  from: nameSchema(200).optional(),
  to: nameSchema(200),
  at: instantSchema,
  actorKind: z.enum(['person', 'automation']).optional(),
  reason: bodyText.optional(),
});

/** What somebody said about a service in use. @public */
export const feedbackEventSchema = z.strictObject({
  type: z.literal('feedback'),
  ...commonShape,
  service: entityRefSchema.optional(),
  at: instantSchema,
  rating: z.number().int().min(1).max(5).optional(),
  text: bodyText.optional(),
  version: titleText.optional(),
  url: urlSchema.optional(),
});

/** See {@link workItemEventSchema}. @public */
export type WorkItemEvent = z.infer<typeof workItemEventSchema>;
/** See {@link workItemTransitionEventSchema}. @public */
export type WorkItemTransitionEvent = z.infer<
  typeof workItemTransitionEventSchema
>;
/** See {@link feedbackEventSchema}. @public */
export type FeedbackEvent = z.infer<typeof feedbackEventSchema>;
