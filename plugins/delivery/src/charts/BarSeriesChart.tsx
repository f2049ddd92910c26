import { useId, useMemo } from 'react';
import {
  Bar,
  BarChart,
  CartesianGrid,
  Rectangle,
  Tooltip,
  XAxis,
  YAxis,
  type BarShapeProps,
  type TooltipContentProps,
} from 'recharts';
import { ChartTooltip } from './ChartTooltip';
import {
  AXIS_TICK,
  CHART_HEIGHT,
  CHART_MARGIN,
  pointAt,
  tooltipIndex,
  type TimeChartProps,
} from './timeChart';
import { useElementWidth } from './useElementWidth';
import styles from './charts.module.css';

/**
 * Bars over time from zero; hatched where the bucket is cut short.
 * @public
 */
export function BarSeriesChart({
  points,
  series,
  formatTick,
  formatExact,
  ticks,
  partialText,
  onSelect,
  height = CHART_HEIGHT,
}: TimeChartProps) {
  const [ref, width] = useElementWidth();
  const hatch = useId();
  const data = useMemo(
    () =>
      points.map((point, index) => ({
        index,
        label: point.label,
        partial: point.partial,
        ...Object.fromEntries(
          series.map(({ key, values }) => [key, values[index] ?? null]),
        ),
      })),
    [points, series],
  );
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
    <div ref={ref} className={styles.canvas} data-clickable={Boolean(onSelect)}>
      <BarChart
        width={width}
        height={height}
        data={data}
        margin={{ ...CHART_MARGIN, right: 8 }}
        accessibilityLayer={false}
        onClick={state => {
          const index = pointAt(state.activeTooltipIndex, points.length);
          if (index !== undefined) onSelect?.(index);
        }}
      >
        <defs>
          {series.map(({ key, colour }) => (
            <pattern
              key={key}
              id={`${hatch}${key}`}
              width={6}
              height={6}
              patternUnits="userSpaceOnUse"
              patternTransform="rotate(45)"
            >
              <line
                x1={0}
                y1={0}
                x2={0}
                y2={6}
                stroke={colour}
                strokeWidth={4}
              />
            </pattern>
          ))}
        </defs>
        <CartesianGrid vertical={false} stroke="var(--bui-border-1)" />
        <XAxis
          dataKey="label"
          tick={AXIS_TICK}
          tickLine={false}
          stroke="var(--bui-border-2)"
          minTickGap={24}
        />
        <YAxis
          width={48}
          domain={[0, ticks[ticks.length - 1]]}
          ticks={[...ticks]}
          tickFormatter={formatTick}
          tick={AXIS_TICK}
          tickLine={false}
          axisLine={false}
        />
        <Tooltip
          content={tooltip}
          isAnimationActive={false}
          filterNull={false}
          cursor={{ fill: 'var(--bui-bg-neutral-2)' }}
        />
        {series.map(({ key, colour }) => (
          <Bar
            key={key}
            dataKey={key}
            isAnimationActive={false}
            shape={(props: BarShapeProps) => (
              <Rectangle
                {...props}
                radius={[2, 2, 0, 0]}
                stroke={colour}
                fill={
                  points[props.index]?.partial ? `url(#${hatch}${key})` : colour
                }
              />
            )}
          />
        ))}
      </BarChart>
    </div>
  );
}
