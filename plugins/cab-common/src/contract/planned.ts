import {
  entityRefSchema,
  entitySchema,
  instantSchema,
  isoSchema,
} from '@fawkes/kit-contract';
import { z } from 'zod';
import { businessHoursSchema } from './calendar';
import { changeStateSchema } from './states';

/** Longest stretch of the calendar that is answered at once, in days. @public */
export const MAX_CALENDAR_DAYS = 92;
/** What is answered when nobody says until when, in days. @public */
export const USUAL_CALENDAR_DAYS = 28;

/** `GET /calendar` @public */
export const calendarQuerySchema = z.strictObject({
  /** Now when left out. */
  from: instantSchema.optional(),
  /** {@link USUAL_CALENDAR_DAYS} later when left out. */
  to: instantSchema.optional(),
  /** What holds for one entity alone; everything one may see when left out. */
  entityRef: entityRefSchema.optional(),
});
/** See {@link calendarQuerySchema}. @public */
export type CalendarQuery = z.infer<typeof calendarQuerySchema>;

/** A time at which nothing starts, or at which an entity may be worked on. @public */
export const calendarPeriodSchema = z.object({
  kind: z.enum(['freeze', 'maintenance']),
  /** Id of its rule, which risks and refusals name. */
  rule: z.string(),
  title: z.string(),
  from: isoSchema,
  /** First instant that is no longer part of it. */
  to: isoSchema,
  /** The zone in which it was written. */
  zone: z.string(),
  /** Null: it holds for everything. */
  entities: z.array(entitySchema).nullable(),
});
/** See {@link calendarPeriodSchema}. @public */
export type CalendarPeriod = z.infer<typeof calendarPeriodSchema>;

/** A change request that says when it is to start. @public */
export const plannedChangeSchema = z.object({
  id: z.string(),
  title: z.string(),
  entity: entitySchema,
  environment: z.string(),
  state: changeStateSchema,
  from: isoSchema,
  to: isoSchema,
  /** Rules of freezes its window meets. */
  freezes: z.array(z.string()),
  /**
   * Change requests one may see whose windows meet it: of the same entity, of what
   * it is part of or consists of, or of what one of them depends on directly.
   */
  conflicts: z.array(z.object({ id: z.string(), title: z.string() })),
});
/** See {@link plannedChangeSchema}. @public */
export type PlannedChange = z.infer<typeof plannedChangeSchema>;

/** Answer of `GET /calendar`: of the entities one may see. @public */
export const calendarResponseSchema = z.object({
  asOf: isoSchema,
  from: isoSchema,
  to: isoSchema,
  businessHours: businessHoursSchema,
  /** In order of their start. */
  periods: z.array(calendarPeriodSchema),
  /** In order of their start. */
  changes: z.array(plannedChangeSchema),
  /** There are more change requests than are listed. */
  more: z.boolean(),
});
/** See {@link calendarResponseSchema}. @public */
export type CalendarResponse = z.infer<typeof calendarResponseSchema>;
