import { z } from 'zod';
import { FACTS, ROUTES } from '../../contract';

const factName = z.enum(FACTS);
const permille = z.int().min(0).max(1000);
const milli = z.int().min(0).max(100_000);
const choices = z.record(z.string(), permille);
const base = { id: z.string(), weight: z.int().min(1).max(100) };

/** How a factor comes of its facts; `rule` names what the engine does. */
const factorSchema = z.discriminatedUnion('rule', [
  z.strictObject({
    ...base,
    rule: z.literal('ladder'),
    fact: factName,
    rungs: z.array(z.strictObject({ upTo: z.int(), permille })),
    beyond: permille,
    /** Added when the other fact, a part of this one, is above 0. */
    more: z
      .strictObject({ fact: factName, by: permille, atMost: permille })
      .optional(),
    /** At least so much when the other fact is true. */
    least: z.strictObject({ fact: factName, permille }).optional(),
  }),
  z.strictObject({
    ...base,
    rule: z.literal('environment'),
    permille: choices,
    tier1: z.strictObject({ in: z.string(), permille }),
  }),
  z.strictObject({
    ...base,
    rule: z.literal('tests'),
    failed: permille,
    /** When so many times the skipped are more than all cases. */
    skipped: z.strictObject({ times: z.int(), permille }),
  }),
  z.strictObject({
    ...base,
    rule: z.literal('security'),
    permille: choices,
    /** A scan older than this says nothing. */
    scanAgeHours: z.int(),
  }),
  z.strictObject({
    ...base,
    rule: z.literal('failRate'),
    plusFailed: z.int(),
    plusDeployments: z.int(),
    from: z.int(),
    times: z.int(),
  }),
  z.strictObject({
    ...base,
    rule: z.literal('rollback'),
    irreversible: permille,
    strategy: choices,
    rehearsed: z.strictObject({ hours: z.int(), permille }),
  }),
  z.strictObject({
    ...base,
    rule: z.literal('choice'),
    fact: factName,
    permille: choices,
  }),
  z.strictObject({
    ...base,
    rule: z.literal('flag'),
    fact: factName,
    permille,
  }),
]);

const conditionSchema = z.union([
  z.strictObject({
    factor: z.string(),
    is: permille.optional(),
    atLeast: permille.optional(),
    /** The facts it is about; all of the factor's when left out. */
    needs: z.array(factName).optional(),
  }),
  z.strictObject({ fact: factName, is: z.string() }),
  z.strictObject({ fact: factName, isNot: z.union([z.int(), z.boolean()]) }),
]);

/** A risk model as data: everything that decides. @public */
export const modelSchema = z.strictObject({
  id: z.string(),
  version: z.string(),
  /** Of a factor that is unknown. */
  unknown: permille,
  factors: z.array(factorSchema),
  floors: z.array(
    z.strictObject({
      id: z.string(),
      milli,
      /** Holds when all conditions of one of the lists do. */
      any: z.array(z.array(conditionSchema)),
      /** The fact whose references it names. */
      refs: factName.optional(),
      /** Held by known facts, it stands in the way of submitting. */
      blocksSubmit: z.literal(true).optional(),
    }),
  ),
  /** From the lowest up; the last one takes what is left. */
  routes: z.array(z.strictObject({ route: z.enum(ROUTES), upTo: milli })),
});

/** A risk model as data; see `risk/models`. @public */
export type RiskModel = z.infer<typeof modelSchema>;
/** One factor of a model. @public */
export type RiskFactor = RiskModel['factors'][number];
/** One floor of a model. @public */
export type RiskFloor = RiskModel['floors'][number];
/** A condition of a floor. */
export type FloorCondition = RiskFloor['any'][number][number];
