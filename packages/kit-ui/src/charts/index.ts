/**
 * Charts, each with the same data as a table and as a download. They are drawn
 * by recharts, which families never import themselves.
 *
 * @packageDocumentation
 */
export { BarSeriesChart } from './BarSeriesChart';
export { ChartFigure, type ChartFigureProps } from './ChartFigure';
export { chartColour } from './colours';
export { toCsv, type DataColumn } from './csv';
export { downloadBlob, downloadText } from './download';
export { greatest, type ChartPoint, type ChartSeries } from './points';
export { Sparkline, type SparklineProps } from './Sparkline';
export { Swatch } from './Swatch';
export { durationTicks, numberTicks, rateTicks } from './ticks';
export type { TimeChartProps } from './timeChart';
export { TimeSeriesChart } from './TimeSeriesChart';
