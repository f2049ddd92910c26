export { BenchmarkChart, type BenchmarkLine } from './BenchmarkChart';
export * from './metricColours';
export { StageBar, type StagePart } from './StageBar';
