import { z } from 'zod';

/**
 * Words the backend makes for people: screens translate the code with its
 * params, readers of the API get the English text.
 * @public
 */
export const wordsSchema = z.object({
  /** Never changes its meaning, e.g. `effect.repo.local`. */
  code: z.string(),
  params: z.record(z.string(), z.union([z.string(), z.number()])),
  text: z.string(),
});
/** See {@link wordsSchema}. @public */
export type Words = z.infer<typeof wordsSchema>;

/** Somewhere to go. @public */
export const linkSchema = z.object({
  kind: z.enum([
    'repository',
    'clone',
    'pull-request',
    'commit',
    'pipeline',
    'component',
    'address',
    'docs',
    'delivery',
    'help',
  ]),
  title: z.string(),
  /** An address to open, or for `component` an entity ref. */
  target: z.string(),
});
/** See {@link linkSchema}. @public */
export type Link = z.infer<typeof linkSchema>;
