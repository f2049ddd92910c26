import { useMemo, type ReactElement } from 'react';
import { Line, LineChart, type LabelProps } from 'recharts';
import { TimeAxes } from './TimeAxes';
import {
  coloured,
  lastKnown,
  partialKey,
  splitPartial,
  type ChartSeries,
} from './points';
import {
  CHART_HEIGHT,
  CHART_MARGIN,
  WIDTH_BEFORE_LAYOUT,
  pointAt,
  type TimeChartProps,
} from './timeChart';
import { useContainerWidth } from '../values/useContainerWidth';
import styles from './charts.module.css';

/** Writes the name of a series at its last known point. */
function endLabel(
  series: ChartSeries,
): (props: LabelProps) => ReactElement | null {
  const last = lastKnown(series.values);
  return function EndLabel({ x, y, index }) {
    if (index !== last) return null;
    return (
      <text
        x={Number(x) + 8}
        y={Number(y)}
        dy={series.secondary ? '-0.1em' : '0.7em'}
        className={styles.endLabel}
      >
        {series.label}
      </text>
    );
  };
}

/**
 * Lines over time from zero. What is cut short is a hollow dot that no line
 * leads to; unknown values leave a gap.
 * @public
 */
export function TimeSeriesChart(chart: TimeChartProps) {
  const { points, onSelect, height = CHART_HEIGHT } = chart;
  const series = useMemo(() => coloured(chart.series), [chart.series]);
  const [ref, width = WIDTH_BEFORE_LAYOUT] = useContainerWidth();
  const data = useMemo(() => splitPartial(points, series), [points, series]);
  return (
    <div ref={ref} className={styles.canvas} data-clickable={Boolean(onSelect)}>
      <LineChart
        width={width}
        height={height}
        data={data}
        margin={CHART_MARGIN}
        accessibilityLayer={false}
        onClick={state => {
          const index = pointAt(state.activeTooltipIndex, points.length);
          if (index !== undefined) onSelect?.(index);
        }}
      >
        <TimeAxes
          {...chart}
          series={series}
          width={84}
          cursor={{ stroke: 'var(--bui-border-2)' }}
        />
        {series.map(each => [
          <Line
            key={each.key}
            dataKey={each.key}
            stroke={each.colour}
            strokeWidth={each.secondary ? 1.25 : 2.5}
            dot={{ r: each.secondary ? 1.5 : 2.5, fill: each.colour }}
            isAnimationActive={false}
          />,
          <Line
            key={partialKey(each.key)}
            dataKey={partialKey(each.key)}
            stroke="none"
            dot={{
              r: each.secondary ? 2.5 : 3.5,
              fill: 'var(--bui-bg-neutral-1)',
              stroke: each.colour,
              strokeWidth: 2,
            }}
            isAnimationActive={false}
          />,
          <Line
            key={`${each.key}~label`}
            dataKey={(datum: { index: number }) =>
              each.values[datum.index] ?? null
            }
            stroke="none"
            dot={false}
            activeDot={false}
            isAnimationActive={false}
            label={endLabel(each)}
          />,
        ])}
      </LineChart>
    </div>
  );
}
