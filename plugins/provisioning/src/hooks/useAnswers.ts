import { useApi } from '@backstage/frontend-plugin-api';
import type {
  NameQuery,
  ProvisioningRequest,
  RequestsQuery,
  RequestSummary,
  RequestsResponse,
} from '@fawkes/backstage-plugin-provisioning-common';
import {
  askWhile,
  flatten,
  keepPreviousData,
  useInfiniteQuery,
  useQuery,
} from '@fawkes/kit-ui/query';
import { provisioningApiRef } from '../api';
import { queryKey } from './keys';

/** How often what goes on is asked for, beside the news that arrive by themselves. */
const RUNNING_MS = 2_000;

/** What can be asked for here. */
export function useTemplates() {
  const api = useApi(provisioningApiRef);
  return useQuery({
    queryKey: queryKey('templates'),
    queryFn: ({ signal }) => api.getTemplates({}, { signal }),
  });
}

/** A name, as the form asks about it. */
export type NameQuestion = Partial<NameQuery> & { name: string };

/** Whether a name is free, the owner yours, and room in the quota. */
export function useName(question: NameQuestion | undefined) {
  const api = useApi(provisioningApiRef);
  return useQuery({
    queryKey: queryKey('name', question),
    queryFn: ({ signal }) =>
      api.checkName({ kind: 'service', ...question! }, { signal }),
    enabled: question !== undefined,
    // The answer to another name would be a wrong one.
    staleTime: 5_000,
  });
}

/** Requests, newest first, page by page. */
export function useRequests(query: Partial<RequestsQuery>) {
  const api = useApi(provisioningApiRef);
  return useInfiniteQuery({
    queryKey: queryKey('requests', query),
    queryFn: ({ pageParam, signal }) =>
      api.getRequests({ ...query, cursor: pageParam }, { signal }),
    initialPageParam: query.cursor,
    getNextPageParam: page => page.nextCursor ?? undefined,
    placeholderData: keepPreviousData,
    select: flatten<RequestSummary, RequestsResponse>,
    refetchInterval: ({ state }) =>
      askWhile(
        RUNNING_MS,
        state,
        state.data?.pages.some(page => page.items.some(isMoving)),
      ),
  });
}

/** Pages of requests that are looked through; a person has no more. */
const MOST_PAGES = 20;

/** What is the person's and could run, and is stopped. */
export function useStopped() {
  const api = useApi(provisioningApiRef);
  return useQuery({
    queryKey: queryKey('requests', 'stopped'),
    queryFn: async ({ signal }) => {
      const found: RequestSummary[] = [];
      let cursor: string | undefined;
      for (let page = 0; page < MOST_PAGES; page++) {
        const { items, nextCursor } = await api.getRequests(
          { mine: true, state: ['ready'], cursor },
          { signal },
        );
        found.push(...items);
        if (nextCursor === null) break;
        cursor = nextCursor;
      }
      return found.filter(
        ({ service }) =>
          service.state === 'stopped' && service.reason !== 'switched_off',
      );
    },
  });
}

const MOVING = ['accepted', 'running', 'updating', 'destroying'];

/** Whether something of a request changes by itself. */
export function isMoving({
  state,
  service,
}: Pick<ProvisioningRequest, 'state' | 'service'>): boolean {
  return MOVING.includes(state) || service.state === 'starting';
}

/**
 * One request. The previous one is not kept while the next loads: a page must
 * not show one request under another's address.
 */
export function useRequest(id: string) {
  const api = useApi(provisioningApiRef);
  return useQuery({
    queryKey: queryKey('request', id),
    queryFn: ({ signal }) => api.getRequest({ id }, { signal }),
    refetchInterval: ({ state }) =>
      askWhile(RUNNING_MS, state, state.data && isMoving(state.data)),
  });
}

/** What its runs did outside; asked again and again while one goes on. */
export function useEffects(id: string) {
  const api = useApi(provisioningApiRef);
  return useQuery({
    queryKey: queryKey('effects', id),
    queryFn: ({ signal }) => api.getEffects({ id }, { signal }),
    refetchInterval: ({ state }) =>
      askWhile(
        RUNNING_MS,
        state,
        state.data?.runs.some(run => run.state === 'running'),
      ),
  });
}

/** The accepted specs, newest first. */
export function useRevisions(id: string) {
  const api = useApi(provisioningApiRef);
  return useQuery({
    queryKey: queryKey('revisions', id),
    queryFn: ({ signal }) => api.getRevisions({ id }, { signal }),
    refetchInterval: ({ state }) =>
      askWhile(
        RUNNING_MS,
        state,
        state.data?.items.some(({ review }) => review?.state === 'preparing'),
      ),
  });
}

/** How managed files compare with what was last written. */
export function useDrift(id: string, enabled = true) {
  const api = useApi(provisioningApiRef);
  return useQuery({
    queryKey: queryKey('drift', id),
    queryFn: ({ signal }) => api.getDrift({ id }, { signal }),
    enabled,
  });
}

/** What a destroy would take. */
export function useDestruction(id: string, enabled = true) {
  const api = useApi(provisioningApiRef);
  return useQuery({
    queryKey: queryKey('destruction', id),
    queryFn: ({ signal }) => api.getDestruction({ id }, { signal }),
    enabled,
  });
}

/** What the platform group looks at. */
export function useOperator() {
  const api = useApi(provisioningApiRef);
  return useQuery({
    queryKey: queryKey('operator'),
    queryFn: ({ signal }) => api.getOperator({}, { signal }),
  });
}
