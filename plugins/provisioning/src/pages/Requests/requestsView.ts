import {
  REQUEST_STATES,
  requestStateSchema,
  type RequestsQuery,
} from '@fawkes/backstage-plugin-provisioning-common';
import { z } from 'zod';

/** What a person looks at, as the address says it. */
export const requestsViewSchema = z.object({
  whose: z.enum(['mine', 'all']),
  owner: z.array(z.string().max(200)).max(50),
  state: z.array(requestStateSchema).max(REQUEST_STATES.length),
});
/** See {@link requestsViewSchema}. */
export type RequestsView = z.infer<typeof requestsViewSchema>;

/** Mine and my groups', whatever their state. */
export const DEFAULT_REQUESTS_VIEW: RequestsView = {
  whose: 'mine',
  owner: [],
  state: [],
};

/** The question of a view. */
export function queryOf({
  whose,
  owner,
  state,
}: RequestsView): Partial<RequestsQuery> {
  return { mine: whose === 'mine', owner, state };
}

/** Whether less is shown than could be. */
export function isFiltered({ owner, state }: RequestsView): boolean {
  return owner.length > 0 || state.length > 0;
}
