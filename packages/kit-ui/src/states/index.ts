/**
 * What a page says while it has nothing to show yet, nothing at all, something
 * old, or something invented.
 *
 * @packageDocumentation
 */
export { Dimmed } from './Dimmed';
export { EmptyState, type EmptyStateProps } from './EmptyState';
export { ErrorState, type ErrorStateProps } from './ErrorState';
export { SampleBadge } from './SampleBadge';
export {
  CardSkeleton,
  CardsSkeleton,
  ChartSkeleton,
  PageSkeleton,
  TableSkeleton,
} from './Skeletons';
export { StaleNote, type StaleNoteProps } from './StaleNote';
