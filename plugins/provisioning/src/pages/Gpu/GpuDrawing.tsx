import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type {
  MigBoard,
  MigInstance,
} from '@fawkes/backstage-plugin-provisioning-common/gpu';
import { provisioningTranslationRef } from '../../translation';
import styles from './Gpu.module.css';

/**
 * A GPU as its memory units, each instance where it lies. What is left over is
 * hatched; an instance is told by its name, never by its colour.
 */
export function GpuDrawing({
  board,
  placements,
}: {
  board: MigBoard;
  placements: readonly MigInstance[];
}) {
  const { t } = useTranslationRef(provisioningTranslationRef);
  const lying = [...placements].sort((a, b) => a.start - b.start);
  const taken = new Set(
    lying.flatMap(({ start, size }) =>
      Array.from({ length: size }, (_, i) => start + i),
    ),
  );
  const free = Array.from(
    { length: board.memoryUnits },
    (_, unit) => unit,
  ).filter(unit => !taken.has(unit));
  return (
    <ol
      className={styles.gpu}
      style={{ gridTemplateColumns: `repeat(${board.memoryUnits}, 1fr)` }}
      aria-label={t('gpu.drawing', { board: board.board })}
    >
      {lying.map(({ profile, start, size }) => (
        <li
          key={start}
          className={styles.instance}
          style={{ gridColumn: `${start + 1} / span ${size}` }}
          title={profile}
        >
          <span className={styles.name}>{profile}</span>
          <span className={styles.place}>
            {t('gpu.place', {
              from: String(start),
              to: String(start + size - 1),
            })}
          </span>
        </li>
      ))}
      {free.map(unit => (
        <li
          key={unit}
          className={styles.free}
          style={{ gridColumn: `${unit + 1}` }}
          aria-label={t('gpu.free', { unit: String(unit) })}
        />
      ))}
    </ol>
  );
}
