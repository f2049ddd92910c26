import type { ChartPoint, ChartSeries } from './points';
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
  series: readonly ChartSeries[];
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
            <span
              className={styles.swatch}
              data-secondary={secondary}
              style={{ background: colour }}
            />
            {label}
            <b>{value === null ? '–' : format(value)}</b>
          </span>
        );
      })}
    </div>
  );
}
