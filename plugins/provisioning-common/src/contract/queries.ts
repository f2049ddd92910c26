import { flagSchema, many, pageShape, textUpTo } from '@fawkes/kit-contract';
import { z } from 'zod';
import {
  effectIdSchema,
  groupRefSchema,
  namespaceSchema,
  runIdSchema,
} from './ids';
import { LANGUAGES } from './spec';
import { requestStateSchema } from './states';

/** `GET /requests` @public */
export const requestsQuerySchema = z.strictObject({
  owner: many(groupRefSchema, 50).default([]),
  state: many(requestStateSchema, 20).default([]),
  /** Only those you asked for or your groups own. */
  mine: flagSchema.default(false),
  ...pageShape(),
});
/** Query of `GET /requests` after its defaults. @public */
export type RequestsQuery = z.infer<typeof requestsQuerySchema>;

/** `GET /requests/:id/effects` @public */
export const effectsQuerySchema = z.strictObject({
  /** One run; the effects of all runs when left out. */
  run: runIdSchema.optional(),
});
/** Query of `GET /requests/:id/effects`. @public */
export type EffectsQuery = z.infer<typeof effectsQuerySchema>;

/** `GET /requests/:id/logs` @public */
export const logsQuerySchema = z.strictObject({
  /** Effect whose log it is; the running service's own log when left out. */
  effect: effectIdSchema.optional(),
  /** The run the effect belongs to; the last one that has it when left out. */
  run: runIdSchema.optional(),
  /** What the answer before called `next`. */
  after: textUpTo(64).optional(),
});
/** Query of `GET /requests/:id/logs`. @public */
export type LogsQuery = z.infer<typeof logsQuerySchema>;

/** `GET /requests/:id/bundle` @public */
export const bundleQuerySchema = z.strictObject({
  /** The revision that is in force when left out. */
  revision: z.coerce.number().int().min(1).max(1_000_000).optional(),
});
/** Query of `GET /requests/:id/bundle`. @public */
export type BundleQuery = z.infer<typeof bundleQuerySchema>;

/** `GET /names/:kind/:name` @public */
export const nameQuerySchema = z.strictObject({
  namespace: namespaceSchema.default('default'),
  owner: groupRefSchema.optional(),
  language: z.enum(LANGUAGES).default('node'),
});
/** Query of `GET /names/:kind/:name` after its defaults. @public */
export type NameQuery = z.infer<typeof nameQuerySchema>;

/** `GET /entities` @public */
export const entitiesQuerySchema = z.strictObject({
  ...pageShape({ usual: 200, most: 500 }),
});
/** Query of `GET /entities` after its defaults. @public */
export type EntitiesQuery = z.infer<typeof entitiesQuerySchema>;
