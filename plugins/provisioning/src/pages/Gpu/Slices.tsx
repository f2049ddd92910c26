import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { ButtonIcon } from '@backstage/ui';
import type { MigBoard } from '@fawkes/backstage-plugin-provisioning-common/gpu';
import { layout } from '@fawkes/kit-ui/values';
import { RiAddLine, RiSubtractLine } from '@remixicon/react';
import { provisioningTranslationRef } from '../../translation';
import styles from './Gpu.module.css';
import { cutOf, layoutOf, type GpuView } from './gpuView';

/** How often each profile of a board is wanted. */
export function Slices({
  board,
  view,
  onChange,
}: {
  board: MigBoard;
  view: GpuView;
  onChange: (cut: string[]) => void;
}) {
  const { t } = useTranslationRef(provisioningTranslationRef);
  const wanted = layoutOf(view);
  const change = (name: string, by: number) =>
    onChange(cutOf({ ...wanted, [name]: (wanted[name] ?? 0) + by }));
  return (
    <ul className={styles.slices} aria-label={t('gpu.profiles')}>
      {board.profiles.map(({ name, compute, memoryUnits, max }) => {
        const count = wanted[name] ?? 0;
        return (
          <li key={name} className={styles.slice}>
            <span>
              <code className={layout.code}>{name}</code>
              <span className={`${layout.small} ${layout.quiet}`}>
                {t('gpu.takes', {
                  compute: String(compute),
                  memory: String(memoryUnits),
                })}
              </span>
            </span>
            <span className={styles.stepper}>
              <ButtonIcon
                size="small"
                variant="secondary"
                icon={<RiSubtractLine aria-hidden />}
                aria-label={t('gpu.fewer', { profile: name })}
                isDisabled={count === 0}
                onPress={() => change(name, -1)}
              />
              <output aria-label={t('gpu.wanted', { profile: name })}>
                {count}
              </output>
              <ButtonIcon
                size="small"
                variant="secondary"
                icon={<RiAddLine aria-hidden />}
                aria-label={t('gpu.more', { profile: name })}
                // One more than fits is let through: what would go instead is said.
                isDisabled={count > max}
                onPress={() => change(name, 1)}
              />
            </span>
          </li>
        );
      })}
    </ul>
  );
}
