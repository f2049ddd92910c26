/**
 * Asking a backend: one cache per family, pages as one list, news that arrive
 * by themselves. Families take react-query from here, so that a
 * browser loads it once.
 *
 * @packageDocumentation
 */
export {
  keepPreviousData,
  useInfiniteQuery,
  useMutation,
  useQuery,
  useQueryClient,
  QueryClient,
} from '@tanstack/react-query';
export { Loaded, type LoadedProps, type LoadedQuery } from './Loaded';
export { EntityName } from './EntityName';
export { SaidText } from './SaidText';
export { MorePages, type MorePagesProps } from './MorePages';
export { flatten } from './pages';
export { QueryProvider, type QueryProviderProps } from './QueryProvider';
export { askWhile, isRefusal } from './refusals';
export { useEntityTitles } from './useEntityTitles';
export { useLive, type Affects, type AskedQuery } from './useLive';
