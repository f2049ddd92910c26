import type { ReactNode } from 'react';
import styles from './Quality.module.css';

/** A number, what it counts, and what to think of it. */
export interface Tile {
  label: string;
  value: ReactNode;
  hint?: ReactNode;
}

/** A row of numbers. */
export function Tiles({ tiles }: { tiles: readonly Tile[] }) {
  return (
    <dl className={styles.tiles}>
      {tiles.map(({ label, value, hint }) => (
        <div key={label} className={styles.tile}>
          <dt className={styles.tileHint}>{label}</dt>
          <dd className={styles.tileValue}>{value}</dd>
          {hint ? <dd className={styles.tileHint}>{hint}</dd> : null}
        </div>
      ))}
    </dl>
  );
}
