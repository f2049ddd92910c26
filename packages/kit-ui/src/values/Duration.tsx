import { useFormat } from './useFormat';
import styles from './values.module.css';

/** A duration in words; the exact one in the tooltip. Seconds. @public */
export function Duration({ seconds }: { seconds: number }) {
  const format = useFormat();
  return (
    <span className={styles.number} title={format.exactDuration(seconds)}>
      {format.duration(seconds)}
    </span>
  );
}
