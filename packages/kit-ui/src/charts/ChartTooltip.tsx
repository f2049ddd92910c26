import type { ChartPoint, DrawnSeries } from './points';
import { Swatch } from './Swatch';
import styles from './charts.module.css';

/** Exact values of all series at one point. */
export function ChartTooltip({
  point,
  index,
  series,
  format,
  partialText,
}: {
  point: ChartPoint;
  index: number;
  series: readonly DrawnSeries[];
  format: (value: number) => string;
  partialText: string;
}) {
  return (
    <div className={styles.tooltip}>
      <strong>{point.label}</strong>
      {point.partial ? <em>{partialText}</em> : null}
      {series.map(({ key, label, colour, values, secondary }) => {
        const value = values[index] ?? null;
        return (
          <span key={key} className={styles.tooltipRow}>
            <Swatch colour={colour} secondary={secondary} />
            {label}
            <b>{value === null ? '–' : format(value)}</b>
          </span>
        );
      })}
    </div>
  );
}
