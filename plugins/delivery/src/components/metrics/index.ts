export { BandChip, type BandChipProps } from './BandChip';
export { chartId, MetricCard, type MetricCardProps } from './MetricCard';
export {
  METRIC_UNITS,
  metricFacts,
  metricSeries,
  type MetricFacts,
  type MetricUnit,
} from './metricFacts';
export { MetricGroups, type MetricGroupsProps } from './MetricGroups';
export { MttrLine } from './MttrLine';
export { NotEnough, type NotEnoughProps } from './NotEnough';
export { partialWeeks } from './partialWeeks';
export { TrendText, type TrendTextProps } from './TrendText';
export { useMetricWords, type MetricWords } from './useMetricWords';
