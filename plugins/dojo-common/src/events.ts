import { z } from 'zod';

/** Topic of the event that a curriculum has a new revision. @public */
export const DOJO_REVISION_TOPIC = 'dojo.revision';

/** What {@link DOJO_REVISION_TOPIC} tells. @public */
export const dojoRevisionEventSchema = z.strictObject({
  /** Id of the curriculum. */
  curriculum: z.uuid(),
  /** Its version. */
  version: z.string(),
  /** SHA-256 of its files. */
  digest: z.string(),
});

/** See {@link dojoRevisionEventSchema}. @public */
export type DojoRevisionEvent = z.infer<typeof dojoRevisionEventSchema>;
