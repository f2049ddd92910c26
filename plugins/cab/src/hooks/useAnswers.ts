import { useApi } from '@backstage/frontend-plugin-api';
import {
  STATE_SETS,
  type Change,
  type ChangesQuery,
  type ChangesResponse,
  type ChangeState,
  type ChangeSummary,
  type PreviewBody,
} from '@fawkes/backstage-plugin-cab-common';
import {
  flatten,
  keepPreviousData,
  useInfiniteQuery,
  useQuery,
} from '@fawkes/kit-ui/query';
import { cabApiRef } from '../api';

/** First part of every query key of this plugin. */
export const CAB_KEY = 'cab';

/** How often what others may move is asked for while somebody looks. */
const MOVING_MS = 10_000;
const RESTING_MS = 60_000;

/** Whether people or pipelines may move it at any moment. */
function isMoving(state: ChangeState): boolean {
  return [...STATE_SETS.review, ...STATE_SETS.open, ...STATE_SETS.run].some(
    each => each === state,
  );
}

/** Change requests, newest first, page by page. */
export function useChanges(query: Partial<ChangesQuery>) {
  const api = useApi(cabApiRef);
  return useInfiniteQuery({
    queryKey: [CAB_KEY, 'changes', query],
    queryFn: ({ pageParam, signal }) =>
      api.getChanges({ ...query, cursor: pageParam }, { signal }),
    initialPageParam: query.cursor,
    getNextPageParam: page => page.nextCursor ?? undefined,
    placeholderData: keepPreviousData,
    select: flatten<ChangeSummary, ChangesResponse>,
    refetchInterval: RESTING_MS,
  });
}

/**
 * One change request. The previous one is not kept while the next loads: a page must
 * not show one under another's address.
 */
export function useChange(id: string) {
  const api = useApi(cabApiRef);
  return useQuery({
    queryKey: [CAB_KEY, 'change', id],
    queryFn: ({ signal }) => api.getChange({ id }, { signal }),
    refetchInterval: ({ state }) =>
      state.data && isMoving(state.data.state) ? MOVING_MS : RESTING_MS,
  });
}

/** What is attached to a change request, as it is in a revision and state. */
export function useEvidence({
  id,
  revision,
  state,
}: Pick<Change, 'id' | 'revision' | 'state'>) {
  const api = useApi(cabApiRef);
  return useQuery({
    queryKey: [CAB_KEY, 'evidence', id, revision, state],
    queryFn: ({ signal }) => api.getEvidence({ id }, { signal }),
    placeholderData: keepPreviousData,
    refetchInterval: RESTING_MS,
  });
}

/** What the person can decide and has not. */
export function useWaiting() {
  const api = useApi(cabApiRef);
  return useQuery({
    queryKey: [CAB_KEY, 'waiting'],
    queryFn: ({ signal }) => api.getWaiting({}, { signal }),
    refetchInterval: RESTING_MS,
  });
}

/** Where changes can go. */
export function useEnvironments() {
  const api = useApi(cabApiRef);
  return useQuery({
    queryKey: [CAB_KEY, 'environments'],
    queryFn: ({ signal }) => api.getEnvironments({}, { signal }),
  });
}

/** What would come of asking; asked once there is a question. */
export function usePreview(body: PreviewBody | undefined) {
  const api = useApi(cabApiRef);
  return useQuery({
    queryKey: [CAB_KEY, 'preview', body],
    queryFn: ({ signal }) => api.previewRisk({ body: body! }, { signal }),
    enabled: body !== undefined,
    placeholderData: keepPreviousData,
  });
}
