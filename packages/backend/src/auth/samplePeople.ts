import { z } from 'zod';
import samplePeople from './people.json';

const personSchema = z.object({
  /** Entity reference of the user in the catalog, e.g. `user:default/mira.okafor`. */
  ref: z.string().regex(/^user:[^/]+\/[^/]+$/),
  name: z.string().min(1),
  /** The role the person plays in the sample story. */
  title: z.string().min(1),
  team: z.string().min(1),
  /** One sentence: what this person comes to the portal for. */
  why: z.string().min(1),
});

/** A sample person one can sign in as during development. */
export type SamplePerson = z.infer<typeof personSchema>;

/** The people of the sample organisation, in the order they are offered. */
export const people: readonly SamplePerson[] = z
  .array(personSchema)
  .nonempty()
  .parse(samplePeople);

/** The sample person with this reference, or undefined: the list is closed. */
export function findPerson(ref: string): SamplePerson | undefined {
  return people.find(person => person.ref === ref);
}
