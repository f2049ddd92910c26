import { z } from 'zod';

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
