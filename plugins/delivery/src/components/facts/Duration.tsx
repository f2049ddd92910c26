import { useFormat } from '../../format';
import styles from './facts.module.css';

/** A duration in words; the exact one in the tooltip. Seconds. */
export function Duration({ seconds }: { seconds: number }) {
  const format = useFormat();
  return (
    <span className={styles.number} title={format.exactDuration(seconds)}>
      {format.duration(seconds)}
    </span>
  );
}
