import { z } from 'zod';
import { gpuFindingSchema } from './findings';

const instanceSchema = z.object({
  profile: z.string(),
  /** Memory unit it begins at. */
  start: z.number().int(),
  /** Memory units it takes. */
  size: z.number().int(),
});

/** Whether a GPU host can be so, and what would go instead. @public */
export const gpuVerdictSchema = z.object({
  /** False exactly where a finding is an error. */
  ok: z.boolean(),
  findings: z.array(gpuFindingSchema),
  /** Instances by GPU, counted over the groups as sent; empty without MIG. */
  placements: z.array(z.array(instanceSchema)),
  /** At most five layouts for each GPU whose own does not fit; all of them do. */
  alternatives: z.array(
    z.object({
      gpu: z.number().int(),
      layouts: z.array(z.record(z.string(), z.number().int())),
    }),
  ),
});
/** See {@link gpuVerdictSchema}. @public */
export type GpuVerdict = z.infer<typeof gpuVerdictSchema>;
