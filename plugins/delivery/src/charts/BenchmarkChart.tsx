import styles from './charts.module.css';

/** One metric on the scale 0..10, higher is better. @public */
export interface BenchmarkLine {
  key: string;
  label: string;
  /** One's own score, null when unknown. */
  own: number | null;
  /** The mean of the group compared with. */
  mean: number;
  colour: string;
  /** The comparison in words. */
  text: string;
}

const SCALE = 10;
const at = (score: number) => `${(score / SCALE) * 100}%`;

/**
 * One's own score (disc) beside the mean of the group (bar) on a scale from 0
 * to 10.
 * @public
 */
export function BenchmarkChart({
  lines,
  ownLabel,
  meanLabel,
}: {
  lines: readonly BenchmarkLine[];
  ownLabel: string;
  meanLabel: string;
}) {
  return (
    <div className={styles.benchmark}>
      <p className={styles.legend}>
        <span className={styles.ownMark} /> {ownLabel}
        <span className={styles.meanMark} /> {meanLabel}
      </p>
      {lines.map(line => (
        <div key={line.key} className={styles.benchmarkLine}>
          <span>{line.label}</span>
          <span className={styles.track}>
            {line.own === null ? null : (
              <span
                className={styles.deviation}
                style={{
                  left: at(Math.min(line.own, line.mean)),
                  width: at(Math.abs(line.own - line.mean)),
                }}
              />
            )}
            <span className={styles.meanMark} style={{ left: at(line.mean) }} />
            {line.own === null ? null : (
              <span
                className={styles.ownMark}
                style={{ left: at(line.own), background: line.colour }}
              />
            )}
          </span>
          <span className={styles.benchmarkText}>{line.text}</span>
        </div>
      ))}
    </div>
  );
}
