export * from './bands';
export * from './benchmark';
export {
  BENCHMARKS,
  BENCHMARK_ATTRIBUTION,
  type BenchmarkEdition,
  type BenchmarkGroup,
  type BenchmarkMetric,
} from './benchmarkData';
export { bucketsOf, completeWeeks, type WindowBucket } from './buckets';
export { addDays, DayCalendar, dayKeyOf, dayStartOf } from './calendar';
export {
  DAY_MS,
  leadTimeOf,
  recoverySecondsOf,
  secondsBetween,
} from './durations';
export { figureOf, knownFigure, unknownFigure } from './figure';
export * from './percentile';
export * from './rows';
export * from './sample';
export * from './score';
export * from './sketch';
export * from './stages';
export * from './summarise';
export * from './tally';
export * from './tallyDays';
export * from './tallyJson';
export * from './trend';
export {
  DEFAULT_WINDOW_DAYS,
  describeWindow,
  previousWindow,
  resolveWindow,
  type BucketSize,
  type ResolvedWindow,
} from './window';
export { sayElsewhere, type Elsewhere } from './period';
