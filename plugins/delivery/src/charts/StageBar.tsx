import { Swatch } from '@fawkes/kit-ui/charts';
import styles from './charts.module.css';

/** A part of a whole. @public */
export interface StagePart {
  key: string;
  label: string;
  /** The value in words: `14 h`. */
  text: string;
  /** 0..1 of the whole. */
  share: number;
  colour: string;
}

/** One bar of parts that add up, each named with its value. @public */
export function StageBar({ parts }: { parts: readonly StagePart[] }) {
  return (
    <div className={styles.stages}>
      <div className={styles.stageBar}>
        {parts.map(part => (
          <span
            key={part.key}
            className={styles.stagePart}
            style={{ flexGrow: part.share, background: part.colour }}
            title={`${part.label}: ${part.text}`}
          />
        ))}
      </div>
      <ol className={styles.stageList}>
        {parts.map(part => (
          <li key={part.key}>
            <Swatch colour={part.colour} />
            {part.label} <b>{part.text}</b>
          </li>
        ))}
      </ol>
    </div>
  );
}
