import { isoSchema, nameSchema, textUpTo } from '@fawkes/kit-contract';
import { z } from 'zod';

/** What kind of environment one is. @public */
export const ENVIRONMENT_CLASSES = [
  'dev',
  'test',
  'staging',
  'production',
] as const;
/** One of {@link ENVIRONMENT_CLASSES}. @public */
export const environmentClassSchema = z.enum(ENVIRONMENT_CLASSES);
/** See {@link environmentClassSchema}. @public */
export type EnvironmentClassName = z.infer<typeof environmentClassSchema>;

/** What decides who has to approve. @public */
export const ROUTES = ['automatic', 'peer', 'board', 'board-major'] as const;
/** One of {@link ROUTES}. @public */
export const riskRouteSchema = z.enum(ROUTES);
/** See {@link riskRouteSchema}. @public */
export type RiskRoute = z.infer<typeof riskRouteSchema>;

/** What a risk is worked out from. @public */
export const FACTS = [
  'dependents',
  'tier1Dependents',
  'environment',
  'tier1Target',
  'changedLines',
  'structural',
  'tests',
  'security',
  'scanAgeHours',
  'deployments90d',
  'failed90d',
  'rollback',
  'window',
  'privileged',
  'deprecated',
  'exceptionsUsed',
] as const;
/** One of {@link FACTS}. @public */
export type FactName = (typeof FACTS)[number];

/** Largest integer of JSON that is one in every program. */
const LARGEST = Number.MAX_SAFE_INTEGER;
const wholeNumber = z.int().min(-LARGEST).max(LARGEST);
const word = textUpTo(200);

/**
 * The value of a fact as it was found. What is not on the model's ladder is
 * unknown there and refused by nobody: who asks has to see what it costs.
 * @public
 */
export const factValueSchema = z.union([
  z.null(),
  z.boolean(),
  wholeNumber,
  word,
  z
    .record(word, z.union([z.null(), z.boolean(), wholeNumber, word]))
    .refine(
      value => Object.keys(value).length <= 16,
      'must have 16 fields at most',
    ),
]);
/** See {@link factValueSchema}. @public */
export type FactValue = z.infer<typeof factValueSchema>;

/** What a fact is named by elsewhere: a freeze, an exception, an entity. */
const referenceSchema = nameSchema(512);

/** A fact with who told it, what about, and when. @public */
export const factSchema = z.strictObject({
  value: factValueSchema,
  /** Who told it: `catalog`, `delivery`, `config`. */
  source: nameSchema(100),
  /** What it was read from: one name, or a set of them. */
  reference: z
    .union([referenceSchema, z.array(referenceSchema).max(100), z.null()])
    .default(null),
  /** When it was read. */
  observedAt: isoSchema.max(40),
});
/** See {@link factSchema}. @public */
export type RiskFact = z.infer<typeof factSchema>;

/** Facts by name; one that is absent is unknown. @public */
export const riskInputsSchema = z.strictObject(
  Object.fromEntries(
    FACTS.map(name => [name, factSchema.optional()]),
  ) as Record<FactName, z.ZodOptional<typeof factSchema>>,
);
/** See {@link riskInputsSchema}. @public */
export type RiskInputs = z.infer<typeof riskInputsSchema>;

/** A floor that holds: what the score cannot be below, and why. @public */
export const heldFloorSchema = z.object({
  id: z.string(),
  /** In thousandths of a point. */
  milli: z.int(),
  /** It holds only because something it needs is unknown. */
  unknown: z.boolean(),
  /** The freezes and exceptions it is about. */
  refs: z.array(z.string()),
});
/** See {@link heldFloorSchema}. @public */
export type HeldFloor = z.infer<typeof heldFloorSchema>;

/** How risky a change request is, and what makes it so. @public */
export const riskResultSchema = z.object({
  /** In the order of the model. */
  factors: z.array(z.object({ id: z.string(), permille: z.int() })),
  /** What is unknown, by path, sorted. */
  missing: z.array(z.string()),
  /** Sorted by id. */
  floors: z.array(heldFloorSchema),
  /** Sum of the factors, in thousandths of a point. */
  weighted: z.int(),
  /** The larger of that and the floors, in thousandths of a point. */
  score: z.int(),
  /** The score for people: tenths, rounded up. */
  shown: z.string(),
  route: riskRouteSchema,
  /** SHA-256 of the model. */
  modelHash: z.string(),
  /** The code that carried it out. */
  engineVersion: z.string(),
  /** SHA-256 of everything read, with times. */
  inputsHash: z.string(),
  /** SHA-256 of what follows from it, without times; votes are bound to it. */
  riskResultHash: z.string(),
});
/** See {@link riskResultSchema}. @public */
export type RiskResult = z.infer<typeof riskResultSchema>;

/** `POST /risk/replay` @public */
export const replayBodySchema = z.strictObject({
  modelVersion: textUpTo(64),
  asOf: isoSchema.max(40),
  inputs: riskInputsSchema,
});
/** See {@link replayBodySchema}. @public */
export type ReplayBody = z.infer<typeof replayBodySchema>;
