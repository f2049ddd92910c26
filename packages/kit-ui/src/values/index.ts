/**
 * What people read: numbers, durations, instants, links, parts of a page.
 *
 * @packageDocumentation
 */
export { CopyBlock } from './CopyBlock';
export { Duration } from './Duration';
export { formatDuration, formatExactDuration } from './formatDuration';
export { ExternalLink } from './ExternalLink';
export { FigureValue, type Figure, type FigureValueProps } from './FigureValue';
export { Instant } from './Instant';
export {
  formatAgo,
  formatDay,
  formatExactInstant,
  formatInstant,
} from './formatInstant';
export { MaybeLink } from './MaybeLink';
export {
  formatCount,
  formatPerDay,
  formatRate,
  type FrequencyWords,
} from './formatNumbers';
export { Section, type SectionProps } from './Section';
export { kitUiTranslationRef } from '../translation';
export { useFormat, type Format } from './useFormat';
export { useMinute } from './useMinute';
export { useNow } from './useNow';
