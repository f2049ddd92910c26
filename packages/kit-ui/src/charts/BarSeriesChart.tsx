import { useId, useMemo } from 'react';
import { Bar, BarChart, Rectangle, type BarShapeProps } from 'recharts';
import { coloured } from './points';
import { TimeAxes } from './TimeAxes';
import {
  CHART_HEIGHT,
  CHART_MARGIN,
  WIDTH_BEFORE_LAYOUT,
  pointAt,
  type TimeChartProps,
} from './timeChart';
import { useContainerWidth } from '../values/useContainerWidth';
import styles from './charts.module.css';

/**
 * Bars over time from zero. What is cut short is hollow: hatched, within a
 * dashed line.
 * @public
 */
export function BarSeriesChart(chart: TimeChartProps) {
  const { points, onSelect, height = CHART_HEIGHT } = chart;
  const series = useMemo(() => coloured(chart.series), [chart.series]);
  const [ref, width = WIDTH_BEFORE_LAYOUT] = useContainerWidth();
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
                strokeWidth={1.5}
              />
            </pattern>
          ))}
        </defs>
        <TimeAxes
          {...chart}
          series={series}
          width={48}
          cursor={{ fill: 'var(--bui-bg-neutral-2)' }}
        />
        {series.map(({ key, colour }) => (
          <Bar
            key={key}
            dataKey={key}
            isAnimationActive={false}
            shape={(props: BarShapeProps) => {
              const isPartial = Boolean(points[props.index]?.partial);
              return (
                <Rectangle
                  {...props}
                  radius={[2, 2, 0, 0]}
                  stroke={colour}
                  strokeDasharray={isPartial ? '3 2' : undefined}
                  fill={isPartial ? `url(#${hatch}${key})` : colour}
                />
              );
            }}
          />
        ))}
      </BarChart>
    </div>
  );
}
