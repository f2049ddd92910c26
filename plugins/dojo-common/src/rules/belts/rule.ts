import { z } from 'zod';
import { uuid, whole, word } from '../content/scalars';

/** How well evidence has to be known. @public */
export const assuranceSchema = z.enum([
  'self-reported',
  'attested',
  'observed',
]);
/** See {@link assuranceSchema}. @public */
export type Assurance = z.infer<typeof assuranceSchema>;

/** What awards a belt. @public */
export type Rule =
  | { all: Rule[] }
  | { any: Rule[] }
  | { belt: string }
  | { modules: string[] }
  | { labs: string[]; minAssurance?: Assurance }
  | { exam: string; points: string; components?: Record<string, string> }
  | {
      count: string;
      min: string;
      id?: string;
      where?: Record<string, string>;
    };

/** A {@link Rule} as the content writes it. @public */
export const ruleSchema: z.ZodType<Rule> = z.lazy(() =>
  z.union([
    z.strictObject({ all: z.array(ruleSchema).max(50) }),
    z.strictObject({ any: z.array(ruleSchema).max(50) }),
    z.strictObject({ belt: word }),
    z.strictObject({ modules: z.array(uuid).min(1).max(100) }),
    z.strictObject({
      labs: z.array(uuid).min(1).max(100),
      minAssurance: assuranceSchema.optional(),
    }),
    z.strictObject({
      exam: uuid,
      points: whole,
      components: z.record(word, whole).optional(),
    }),
    z.strictObject({
      count: word,
      min: whole,
      id: word.optional(),
      where: z.record(word, z.string().min(1).max(200)).optional(),
    }),
  ]),
);
