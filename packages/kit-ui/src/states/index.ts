/**
 * What a page says of itself: that it has nothing yet, nothing at all, something
 * old or invented; where it is, how far something has come, and what was decided.
 *
 * @packageDocumentation
 */
export { Drawer, type DrawerProps } from './Drawer';
export { Dimmed } from './Dimmed';
export { EmptyState, type EmptyStateProps } from './EmptyState';
export { ErrorState, type ErrorStateProps } from './ErrorState';
export { isNotInstalled } from './isNotInstalled';
export { onOneSheet, screenOnly } from './print';
export { Progress, type ProgressProps } from './Progress';
export {
  ReasonDialog,
  type Decision,
  type ReasonDialogProps,
} from './ReasonDialog';
export { SampleBadge } from './SampleBadge';
export {
  CardSkeleton,
  CardsSkeleton,
  ChartSkeleton,
  PageSkeleton,
  TableSkeleton,
} from './Skeletons';
export { StaleNote, type StaleNoteProps } from './StaleNote';
export {
  Stepper,
  type Step,
  type StepperProps,
  type StepState,
} from './Stepper';
export { useKept, type Kept } from './useKept';
export { useToast, type ToastMessage } from './useToast';
export { WayBack, type WayBackProps } from './WayBack';
