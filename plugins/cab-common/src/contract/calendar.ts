import { nameSchema, textUpTo, timeZoneSchema } from '@fawkes/kit-contract';
import { z } from 'zod';

/** Wall time without a zone, to the minute: `2026-12-24T18:00`. @public */
export const wallTimeSchema = textUpTo(16).regex(
  /^(20\d{2})-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])T([01]\d|2[0-3]):[0-5]\d$/,
  'must be a wall time from 2000 on, e.g. 2026-12-24T18:00',
);

const weekday = z
  .string()
  .regex(
    /^[+-]?([1-9]|[1-4]\d|5[0-3])?(MO|TU|WE|TH|FR|SA|SU)$/,
    'must be a day of RFC 5545, e.g. MO or -1FR',
  );
const numbers = (min: number, max: number) =>
  z
    .array(
      z
        .int()
        .min(min)
        .max(max)
        .refine(number => number !== 0, 'must not be 0'),
    )
    .min(1)
    .max(64);

/**
 * The parts of RFC 5545's RRULE that are read here. Daily or coarser: what
 * repeats within a day is a duration.
 * @public
 */
export const recurrenceSchema = z.strictObject({
  freq: z.enum(['DAILY', 'WEEKLY', 'MONTHLY', 'YEARLY']),
  interval: z.int().min(1).max(1_000).default(1),
  count: z.int().min(1).max(10_000).optional(),
  /** Last start, wall time. */
  until: wallTimeSchema.optional(),
  byDay: z.array(weekday).min(1).max(16).optional(),
  byMonthDay: numbers(-31, 31).optional(),
  byMonth: numbers(1, 12).optional(),
  bySetPos: numbers(-366, 366).optional(),
});
/** See {@link recurrenceSchema}. @public */
export type Recurrence = z.infer<typeof recurrenceSchema>;

/** Longest a window or a freeze lasts, in minutes: 90 days. @public */
export const MAX_DURATION_MINUTES = 90 * 24 * 60;

/** A time that comes once or again: a maintenance window, or a freeze. @public */
export const calendarRuleSchema = z.strictObject({
  /** What risks and refusals name it by. */
  id: nameSchema(200),
  /** For people. */
  title: nameSchema(200),
  /** First start, wall time in the zone. */
  start: wallTimeSchema,
  durationMinutes: z.int().min(1).max(MAX_DURATION_MINUTES),
  zone: timeZoneSchema,
  /** Once when left out. */
  repeats: recurrenceSchema.optional(),
});
/** See {@link calendarRuleSchema}. @public */
export type CalendarRule = z.infer<typeof calendarRuleSchema>;

const clock = textUpTo(5).regex(
  /^([01]\d|2[0-3]):[0-5]\d$/,
  'must be a time of day, e.g. 09:00',
);

/** When people are there. @public */
export const businessHoursSchema = z.strictObject({
  zone: timeZoneSchema,
  /** ISO: 1 is Monday. */
  days: z.array(z.int().min(1).max(7)).min(1).max(7),
  from: clock,
  to: clock,
});
/** See {@link businessHoursSchema}. @public */
export type BusinessHours = z.infer<typeof businessHoursSchema>;
