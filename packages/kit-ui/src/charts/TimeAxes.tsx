import {
  CartesianGrid,
  Tooltip,
  XAxis,
  YAxis,
  type TooltipContentProps,
} from 'recharts';
import { ChartTooltip } from './ChartTooltip';
import type { DrawnSeries } from './points';
import { tooltipIndex, type TimeChartProps } from './timeChart';

const TICK = { fill: 'var(--bui-fg-secondary)', fontSize: 12 };

interface TimeAxesProps
  extends Pick<
    TimeChartProps,
    'points' | 'formatTick' | 'formatExact' | 'ticks' | 'partialText'
  > {
  series: readonly DrawnSeries[];
  /** Room for what stands at the left, CSS pixels. */
  width: number;
  /** How the place of the pointer is shown. */
  cursor: { stroke: string } | { fill: string };
}

/** Grid, axes and tooltip of every chart over time. */
export function TimeAxes({
  points,
  series,
  formatTick,
  formatExact,
  ticks,
  partialText,
  width,
  cursor,
}: TimeAxesProps) {
  const tooltip = (props: TooltipContentProps) => {
    const index = tooltipIndex(props, points.length);
    return index === undefined ? null : (
      <ChartTooltip
        point={points[index]}
        index={index}
        series={series}
        format={formatExact}
        partialText={partialText}
      />
    );
  };
  return (
    <>
      <CartesianGrid vertical={false} stroke="var(--bui-border-1)" />
      <XAxis
        dataKey="label"
        tick={TICK}
        tickLine={false}
        stroke="var(--bui-border-2)"
        minTickGap={24}
      />
      <YAxis
        width={width}
        domain={[0, ticks[ticks.length - 1]]}
        ticks={[...ticks]}
        tickFormatter={formatTick}
        tick={TICK}
        tickLine={false}
        axisLine={false}
      />
      <Tooltip
        content={tooltip}
        isAnimationActive={false}
        filterNull={false}
        cursor={cursor}
      />
    </>
  );
}
