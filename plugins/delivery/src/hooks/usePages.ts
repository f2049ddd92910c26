import {
  flatten,
  keepPreviousData,
  useInfiniteQuery,
} from '@fawkes/kit-ui/query';
import { queryKey, type QueryKind } from './keys';

/**
 * A list, page by page; `fetchNextPage` brings further rows. While a new
 * question loads the old answer stays.
 */
export function usePages<
  T,
  P extends { items: T[]; nextCursor: string | null },
  Q extends { cursor?: string },
>(
  kind: QueryKind,
  query: Q,
  ask: (
    query: Q,
    options: { signal: AbortSignal },
  ) => Promise<P & { items: T[] }>,
  options: { enabled?: boolean } = {},
) {
  return useInfiniteQuery({
    queryKey: queryKey(kind, query),
    queryFn: ({ pageParam, signal }) =>
      ask({ ...query, cursor: pageParam }, { signal }),
    initialPageParam: query.cursor,
    getNextPageParam: page => page.nextCursor ?? undefined,
    placeholderData: keepPreviousData,
    select: flatten<T, P>,
    enabled: options.enabled,
  });
}
