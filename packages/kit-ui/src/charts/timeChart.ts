import type { TooltipContentProps } from 'recharts';
import type { ChartPoint, ChartSeries } from './points';

/** What every chart over time takes. @public */
export interface TimeChartProps {
  /** Places on the time axis, oldest first. */
  points: readonly ChartPoint[];
  /** At most five. */
  series: readonly ChartSeries[];
  /** A value as words, for axis labels. */
  formatTick: (value: number) => string;
  /** A value as exact words, for the tooltip. */
  formatExact: (value: number) => string;
  /** Axis values from 0 to the greatest, ascending. */
  ticks: readonly number[];
  /** Said of a bucket that is cut short. */
  partialText: string;
  /** Drill-down: a point was clicked. */
  onSelect?: (index: number) => void;
  /** CSS pixels. */
  height?: number;
}

export const CHART_HEIGHT = 220;

/** Drawn in this width where nothing is laid out yet, CSS pixels. */
export const WIDTH_BEFORE_LAYOUT = 640;

/** Room for the direct labels at the end of the lines. */
export const CHART_MARGIN = { top: 14, right: 60, bottom: 0, left: 0 };

/** Index of the point the pointer is at; undefined outside. */
export function pointAt(index: unknown, count: number): number | undefined {
  const at = typeof index === 'string' ? Number(index) : index;
  return typeof at === 'number' && at >= 0 && at < count ? at : undefined;
}

/** Index behind what recharts hands to a tooltip. */
export function tooltipIndex(
  props: TooltipContentProps,
  count: number,
): number | undefined {
  if (!props.active) return undefined;
  const datum: unknown = props.payload[0]?.payload;
  if (typeof datum !== 'object' || datum === null) return undefined;
  return pointAt((datum as { index?: unknown }).index, count);
}
