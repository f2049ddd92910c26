import { useApi } from '@backstage/frontend-plugin-api';
import type { LogsResponse } from '@fawkes/backstage-plugin-provisioning-common';
import { askWhile, useQuery, useQueryClient } from '@fawkes/kit-ui/query';
import { provisioningApiRef } from '../api';
import { queryKey } from './keys';

/** How often a log that has not ended is asked for more. */
const FOLLOW_MS = 1_000;
/** More lines than this nobody reads on a page; the first go. */
export const MOST_LINES = 2_000;

/** Whose log it is: of an effect of a run, or of the running service. */
export interface LogOf {
  id: string;
  effect?: string;
  run?: string;
}

/** Lines of a log, followed until it ends: each question asks for what came after. */
export function useLog(of: LogOf, enabled = true) {
  const api = useApi(provisioningApiRef);
  const client = useQueryClient();
  const { id, effect, run } = of;
  const key = queryKey('log', id, { effect, run });
  return useQuery({
    queryKey: key,
    queryFn: async ({ signal }): Promise<LogsResponse> => {
      const before = client.getQueryData<LogsResponse>(key);
      const more = await api.getLogs(
        { id, effect, run, after: before?.next },
        { signal },
      );
      return before ? joined(before, more) : more;
    },
    enabled,
    refetchInterval: ({ state }) =>
      askWhile(FOLLOW_MS, state, !state.data?.ended),
  });
}

/** A log and what came after it. */
export function joined(before: LogsResponse, more: LogsResponse): LogsResponse {
  const lines = [...before.lines, ...more.lines];
  return {
    ...more,
    lines: lines.slice(-MOST_LINES),
    cut: before.cut || more.cut || lines.length > MOST_LINES,
  };
}
