import { memo } from 'react';
import { lastKnown } from './points';
import styles from './charts.module.css';

/** What {@link Sparkline} takes. @public */
export interface SparklineProps {
  /** Oldest first, null where unknown. */
  values: readonly (number | null)[];
  /** Which of them are cut short: not joined, and hollow at the end. */
  partial?: readonly boolean[];
  /** Any CSS colour. */
  colour: string;
  /** What it shows, for people who cannot see it; decorative when left out. */
  label?: string;
  /** CSS pixels. */
  width?: number;
  /** CSS pixels. */
  height?: number;
}

const PADDING = 3;

const NONE: readonly boolean[] = [];

/**
 * Complete neighbours belong together; an unknown or a partial value breaks the
 * line.
 */
function runs(values: readonly (number | null)[], partial: readonly boolean[]) {
  const found: { index: number; value: number }[][] = [];
  let open = false;
  values.forEach((value, index) => {
    if (value === null || partial[index]) {
      open = false;
      return;
    }
    if (!open) found.push([]);
    open = true;
    found[found.length - 1].push({ index, value });
  });
  return found;
}

/**
 * A word-sized line: the shape of a series, zero-based, without axes. What is
 * not over yet never looks like a fall.
 * @public
 */
export const Sparkline = memo(function SparklineSvg({
  values,
  partial = NONE,
  colour,
  label,
  width = 120,
  height = 28,
}: SparklineProps) {
  const max = Math.max(...values.map(value => value ?? 0), Number.EPSILON);
  const x = (index: number) =>
    PADDING + (index / Math.max(1, values.length - 1)) * (width - 2 * PADDING);
  const y = (value: number) =>
    height - PADDING - (value / max) * (height - 2 * PADDING);
  const lines = runs(values, partial);
  const last = lastKnown(values);
  return (
    <svg
      className={styles.sparkline}
      viewBox={`0 0 ${width} ${height}`}
      width={width}
      height={height}
      role={label ? 'img' : undefined}
      aria-label={label}
      aria-hidden={label ? undefined : true}
      focusable="false"
    >
      {lines.map(line => (
        <polyline
          key={line[0].index}
          points={line.map(p => `${x(p.index)},${y(p.value)}`).join(' ')}
          fill="none"
          stroke={colour}
          strokeWidth={1.5}
          strokeLinejoin="round"
          strokeLinecap="round"
        />
      ))}
      {last >= 0 ? (
        <circle
          cx={x(last)}
          cy={y(values[last] ?? 0)}
          r={2.5}
          fill={partial[last] ? 'none' : colour}
          stroke={colour}
          strokeWidth={partial[last] ? 1.5 : 0}
        />
      ) : null}
    </svg>
  );
});
