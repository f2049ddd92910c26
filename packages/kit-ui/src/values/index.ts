/**
 * What people read: numbers, durations, instants, links, parts of a page.
 *
 * @packageDocumentation
 */
export { Badges, type BadgesProps } from './Badges';
export {
  CardItem,
  CardList,
  type CardItemProps,
  type CardListProps,
} from './CardList';
export { CopyBlock } from './CopyBlock';
export { Duration } from './Duration';
export { formatDuration, formatExactDuration } from './formatDuration';
export { entityTitle, titleOfRef } from './entityTitle';
export { ExternalLink } from './ExternalLink';
export { FigureValue, type FigureValueProps } from './FigureValue';
export { focusRing } from './focus';
export { Instant } from './Instant';
export {
  formatAgo,
  formatDay,
  formatExactInstant,
  formatInstant,
} from './formatInstant';
export { layout } from './layout';
export { MaybeLink } from './MaybeLink';
export {
  formatCount,
  formatPerDay,
  formatRate,
  type FrequencyWords,
} from './formatNumbers';
export { isEnough, MINIMUM_SAMPLE } from './minimumSample';
export { NumericCell, type NumericCellProps } from './NumericCell';
export { numericColumn, type NumericColumnOptions } from './numericColumn';
export { overlays } from './overlays';
export {
  SaidProvider,
  useReason,
  useSaid,
  type Coded,
  type Figure,
  type Speak,
} from './said';
export { ScrollBox, type ScrollBoxProps } from './ScrollBox';
export { Section, type SectionProps } from './Section';
export { kitUiTranslationRef } from '../translation';
export { StateLabel, type StateLabelProps, type Tone } from './StateLabel';
export { TableOrList, type TableOrListProps } from './TableOrList';
export { useContainerWidth } from './useContainerWidth';
export { useFormat, type Format } from './useFormat';
export { useMinute } from './useMinute';
export { useNow } from './useNow';
export { useEntityPath, useOptionalRoute } from './useOptionalRoute';
