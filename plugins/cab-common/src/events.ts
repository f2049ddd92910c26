import { isoSchema } from '@fawkes/kit-contract';
import { z } from 'zod';
import { changeStateSchema } from './contract/states';

/** Topic on which other plugins are told that a change request has moved. @public */
export const CAB_CHANGE_TOPIC = 'cab.change';

/** What is told of a change request that has moved. @public */
export const cabChangeEventSchema = z.object({
  changeId: z.string(),
  /** Entity ref. */
  entityRef: z.string(),
  environment: z.string(),
  state: changeStateSchema,
  /** The commit it is about. */
  sha: z.string(),
  at: isoSchema,
});
/** See {@link cabChangeEventSchema}. @public */
export type CabChangeEvent = z.infer<typeof cabChangeEventSchema>;
