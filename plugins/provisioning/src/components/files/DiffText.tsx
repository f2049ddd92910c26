import { ScrollBox } from '@fawkes/kit-ui/values';
import styles from './files.module.css';

const KINDS: Readonly<Record<string, string>> = {
  '+': 'added',
  '-': 'removed',
  '@': 'place',
};

/** A unified difference; its signs say what its colours say. */
export function DiffText({ diff, label }: { diff: string; label: string }) {
  const lines = diff.replace(/\n$/, '').split('\n');
  return (
    <ScrollBox label={label} maxHeight="32rem">
      <pre className={styles.text}>
        {lines.map((line, index) => (
          <span
            key={index}
            className={styles.diffLine}
            data-kind={index < 2 ? 'place' : KINDS[line[0]]}
          >
            {line}
          </span>
        ))}
      </pre>
    </ScrollBox>
  );
}
